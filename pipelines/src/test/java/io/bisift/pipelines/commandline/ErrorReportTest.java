package io.bisift.pipelines.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  @Test
  void tellsTheCallerWhetherTheCommandLineIsAtFault() {
    Throwable mistake = new RuntimeException("wrapped", UserException.usage("mend it"));
    assertEquals("bisift: mend it", ErrorReport.message(mistake, /* stackTrace= */ false));
    assertEquals(ExitCode.USAGE, ErrorReport.exitCode(mistake));
    assertEquals(ExitCode.FAILED, ErrorReport.exitCode(UserException.failure("broken")));
    assertEquals(ExitCode.FAILED, ErrorReport.exitCode(new IllegalStateException("a bug")));
  }

  @Test
  void showsTheTraceOnRequest() {
    String message = ErrorReport.message(new IllegalStateException("a"), /* stackTrace= */ true);
    assertTrue(message.startsWith("bisift: unexpected: "), message);
    assertTrue(message.contains("\tat "), message);
  }
}
