package io.bisift.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample shows all that the quick start speaks of. */
class SampleTest {
  private static final Path SAMPLE = Path.of("sample");

  @TempDir Path folder;

  @Test
  void hasSomethingOfEverything() {
    Cli cli =
        Cli.run(
            "convert",
            "--annotations",
            SAMPLE.resolve("annotations"),
            "--image-root",
            SAMPLE.resolve("images"),
            "--output",
            folder.resolve("set"));
    assertEquals(0, cli.exitCode(), cli.err());
    for (String word :
        List.of(
            "charts.jsonl",
            "geometry.jsonl",
            "pairs.jsonl",
            "science.jsonl",
            "image not found",
            "invalid json",
            "invalid utf8",
            "no image",
            "no score",
            "no steps",
            "not an object",
            "score out of range")) {
      assertTrue(cli.out().contains(word), cli.out());
    }
  }

  @Test
  void isSmall() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      long bytes =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertTrue(bytes < 1_000_000, bytes + " bytes");
    }
  }
}
