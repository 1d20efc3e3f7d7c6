package io.bisift.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorLineTest {
  @Test
  void findsTheUsersMistakeBeneathTheRunnersExceptions() {
    Throwable error =
        new RuntimeException("wrapped", new IllegalStateException(UserException.usage("mend it")));
    assertEquals("mend it", ErrorLine.of(error));
    assertTrue(ErrorLine.isUsage(error));
    assertTrue(ErrorLine.isKnown(error));
    assertFalse(ErrorLine.isUsage(UserException.failure("broken")));
    assertFalse(ErrorLine.isKnown(new IllegalStateException("a bug")));
  }

  @Test
  void putsInputAndOutputErrorsIntoWords() {
    assertEquals("permission denied: /x", ErrorLine.of(new AccessDeniedException("/x")));
    assertEquals(
        "no such file: /x", ErrorLine.of(new UncheckedIOException(new NoSuchFileException("/x"))));
    assertEquals(
        "cannot open /x (Is a directory)",
        ErrorLine.of(new FileNotFoundException("/x (Is a directory)")));
    assertEquals(
        "/x: No space left on device",
        ErrorLine.of(new FileSystemException("/x", null, "No space left on device")));
    assertEquals(
        "reading or writing failed: No space left on device",
        ErrorLine.of(new IOException("No space left on device")));
    assertEquals(
        "not a file name here: a\0b (Nul character not allowed)",
        ErrorLine.of(new InvalidPathException("a\0b", "Nul character not allowed")));
    assertFalse(ErrorLine.isUsage(new IOException("x")));
  }

  @Test
  void takesTheReasonOutOfAnAnswerInJson() {
    String answer =
        """
        403 Forbidden
        POST https://dataflow.googleapis.com/v1b3/jobs
        {
          "code" : 403,
          "errors" : [ {
            "message" : "inner"
          } ],
          "message" : "you may not",
          "status" : "PERMISSION_DENIED"
        }""";
    String line = "403 Forbidden POST https://dataflow.googleapis.com/v1b3/jobs: you may not";
    assertEquals("reading or writing failed: " + line, ErrorLine.of(new IOException(answer)));
    assertEquals("cannot open " + line, ErrorLine.of(new FileNotFoundException(answer)));
    assertEquals("reading or writing failed: {a b", ErrorLine.of(new IOException("{a\n  b")));
  }

  @Test
  void saysHowToGetMoreMemory() {
    assertTrue(ErrorLine.of(new OutOfMemoryError("Java heap space")).contains("BISIFT_JAVA_OPTS"));
  }

  @Test
  void namesTheRootOfABug() {
    assertEquals(
        "unexpected: java.lang.IllegalStateException: a; BISIFT_STACKTRACE=1 shows where",
        ErrorLine.of(new RuntimeException("outer", new IllegalStateException("a\nb"))));
  }

  @Test
  void endsWhereCausesGoRound() {
    RuntimeException a = new RuntimeException("a");
    a.initCause(new IllegalStateException("b", a));
    assertTrue(ErrorLine.of(a).startsWith("unexpected: "));
  }
}
