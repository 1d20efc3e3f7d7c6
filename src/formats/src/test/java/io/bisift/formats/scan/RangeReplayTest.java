package io.bisift.formats.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a kept record that cannot be written, whichever range it lies in. */
final class RangeReplayTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void open() {
    input = temp.resolve("a.jsonl");
    output = temp.resolve("out");
  }

  /** Eight tied rollouts, of which 0 and 5 have no picture. */
  private void writeTies() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      text.append(Rollouts.line(i == 0 || i == 5 ? "" : i + ".png", 8));
    }
    Files.writeString(input, text);
  }

  private List<String> ids(String folder) throws IOException {
    return OutputFiles.lines(output, folder).stream()
        .map(line -> line.substring(line.indexOf("a.jsonl:"), line.indexOf("\", \"")))
        .toList();
  }

  @Test
  void rejectsItAndLeavesItsPlaceEmpty() throws IOException {
    writeTies();
    for (long chunkSize : new long[] {64, 300, 1 << 20}) {
      Manifest manifest =
          TestRun.run(
              new LocalStorage(),
              Parameters.select(input, output, new Golden.Selection(0.5, 0.05))
                  .withChunkSize(chunkSize)
                  .withForce());
      assertEquals(List.of("a.jsonl:2", "a.jsonl:3", "a.jsonl:4"), ids("index"));
      assertEquals(List.of("a.jsonl:1"), ids("rejected"), "line 6 is not kept, so not rejected");
      assertEquals(new Manifest.Counts(8, 0, 1, 7, 8, 3, 4), manifest.totals());
    }
  }

  @Test
  void rejectsRecordsWhosePicturesAreMissing() throws IOException {
    Rollouts.write(input, 10);
    Path images = Files.createDirectories(temp.resolve("images"));
    for (int i = 0; i < 10; i += 3) {
      Files.createFile(images.resolve(i + ".png"));
    }
    for (long chunkSize : new long[] {64, 300, 1 << 20}) {
      Manifest manifest =
          TestRun.run(
              new LocalStorage(),
              Parameters.convert(input, output)
                  .withImageRoot(images.toString())
                  .withShards(3)
                  .withChunkSize(chunkSize)
                  .withForce());
      assertEquals(List.of("a.jsonl:1", "a.jsonl:4", "a.jsonl:7", "a.jsonl:10"), ids("index"));
      assertEquals(6, manifest.totals().rejected());
      assertEquals(6, manifest.rejected().byDefect().get("image_not_found"));
    }
  }
}
