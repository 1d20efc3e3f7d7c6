package io.bisift.runners.flink.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void prefersWhatBisiftSays() {
    assertEquals(
        "/out holds a complete set; --force replaces it",
        FailureText.rootCause(
            """
            org.apache.flink.runtime.JobException: Recovery is suppressed
            \tat org.apache.flink.Some.method(Some.java:1)
            Caused by: java.lang.Exception: The user defined 'open()' method caused an exception: io.bisift.core.UserException: /out holds a complete set; --force replaces it
            \tat io.bisift.core.UserException: x
            Caused by: java.io.IOException: something beneath
            """));
  }

  @Test
  void takesTheLastCauseElse() {
    assertEquals(
        "java.io.IOException: Insufficient number of network buffers",
        FailureText.rootCause(
            """
            a.B: c
            \tat d.E
            Caused by: f.G: h
            \tat i.J
            Caused by: java.io.IOException: Insufficient number of network buffers
            """));
  }

  @Test
  void hasAnAnswerForEveryText() {
    assertEquals("no reason given", FailureText.rootCause(""));
    assertEquals("File not found.", FailureText.rootCause("File not found."));
  }
}
