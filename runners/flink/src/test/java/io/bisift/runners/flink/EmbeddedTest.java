package io.bisift.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.pipelines.Bisift;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink inside this process. */
class EmbeddedTest {
  private static final Path SAMPLE = Path.of("../../pipelines/sample");

  @TempDir Path folder;

  @Test
  void writesWhatTheLaptopWrites() throws IOException {
    Object[] args = {
      "select",
      "--annotations",
      SAMPLE.resolve("annotations"),
      "--image-root",
      SAMPLE.resolve("images"),
      "--shards=3",
      "--output"
    };
    Path flink = folder.resolve("flink");
    Path local = folder.resolve("local");
    Sets.run(new FlinkDefaults(), with(args, flink));
    Sets.runLocally(with(args, local));
    Sets.assertSame(local, flink);
    assertTrue(Files.readString(flink.resolve("run.json")).contains("\"FlinkRunner\""));
  }

  /** Against what a test of the pipelines holds the direct runner to. */
  @Test
  void evaluatesAsTheDirectRunnerDoes() throws Exception {
    Path flink = folder.resolve("evaluated");
    Sets.run(
        new FlinkDefaults(),
        "evaluate",
        "--scores",
        SAMPLE.resolve("scores.jsonl"),
        "--shards=3",
        "--threshold=kfold",
        "--output",
        flink);
    Path digests = Path.of("../../pipelines/src/test/resources/evaluated-sample.sha256");
    for (String line : Files.readAllLines(digests)) {
      String[] digest = line.split("  ", 2);
      byte[] file =
          Files.readString(flink.resolve(digest[1]))
              .replaceFirst("  \"tool\" : .*\n", "")
              .getBytes(StandardCharsets.UTF_8);
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(file);
      assertEquals(digest[0], HexFormat.of().formatHex(sha256), digest[1]);
    }
  }

  @Test
  void saysWhyARunFailed() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int exitCode =
        Bisift.run(
            Sets.screen(printed),
            new FlinkDefaults(),
            "convert",
            "--annotations=" + SAMPLE.resolve("annotations"),
            "--output=" + folder.resolve("strict"),
            "--max-rejected=0.001");
    assertEquals(1, exitCode);
    String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("bisift: 10 of 399 records (2.51 %) are bad"), text);
  }

  private static Object[] with(Object[] args, Path output) {
    Object[] all = Arrays.copyOf(args, args.length + 1);
    all[args.length] = output;
    return all;
  }
}
