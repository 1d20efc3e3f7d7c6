package io.bisift.pipelines.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPathTest {
  @ParameterizedTest
  @CsvSource({
    "file:/tmp/x, /tmp/x",
    "file:///tmp/x, /tmp/x",
    "file://sets/x, sets/x",
    "/tmp/x, /tmp/x",
    "sets/file:/x, sets/file:/x",
    "file:x, file:x",
    "gs://bucket/x, gs://bucket/x",
  })
  void leavesTheSchemeOut(String given, String path) {
    assertEquals(path, LocalPath.of(given));
  }
}
