package io.bisift.pipelines.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  private static String line(Throwable error) {
    return ErrorReport.message(error, /* stackTrace= */ false);
  }

  @Test
  void findsTheUsersMistakeBeneathTheRunnersExceptions() {
    Throwable error =
        new RuntimeException("wrapped", new IllegalStateException(UserException.usage("mend it")));
    assertEquals("bisift: mend it", line(error));
    assertEquals(ExitCode.USAGE, ErrorReport.exitCode(error));
    assertEquals(ExitCode.FAILED, ErrorReport.exitCode(UserException.failure("broken")));
  }

  @Test
  void putsInputAndOutputErrorsIntoWords() {
    assertEquals("bisift: permission denied: /x", line(new AccessDeniedException("/x")));
    assertEquals(
        "bisift: no such file: /x", line(new UncheckedIOException(new NoSuchFileException("/x"))));
    assertEquals(
        "bisift: /x: No space left on device",
        line(new FileSystemException("/x", null, "No space left on device")));
    assertEquals(
        "bisift: reading or writing failed: No space left on device",
        line(new IOException("No space left on device")));
    assertEquals(ExitCode.FAILED, ErrorReport.exitCode(new IOException("x")));
  }

  @Test
  void saysHowToGetMoreMemory() {
    assertTrue(line(new OutOfMemoryError("Java heap space")).contains("BISIFT_JAVA_OPTS"));
  }

  @Test
  void showsTheTraceOfABugOnlyOnRequest() {
    Throwable bug = new RuntimeException("outer", new IllegalStateException("a\nb"));
    assertEquals(
        "bisift: unexpected: java.lang.IllegalStateException: a; BISIFT_STACKTRACE=1 shows where",
        line(bug));
    assertTrue(ErrorReport.message(bug, /* stackTrace= */ true).contains("\tat "));
  }

  @Test
  void endsWhereCausesGoRound() {
    RuntimeException a = new RuntimeException("a");
    a.initCause(new IllegalStateException("b", a));
    assertTrue(line(a).startsWith("bisift: unexpected: "));
  }
}
