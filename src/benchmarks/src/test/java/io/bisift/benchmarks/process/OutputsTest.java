package io.bisift.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.benchmarks.Program.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputsTest {
  @TempDir Path folder;

  @Test
  void recordsAreComparedWhateverTheirSpelling() throws Exception {
    Path spaced =
        write("spaced/part-0.jsonl", "{\"a\": 1.0}\n", "spaced/part-1.jsonl", "{\"b\": 2.0}\n");
    Path tight = write("tight.jsonl", "{\"a\":1.0}\n{\"b\":2.0}\n");

    assertEquals(2, Outputs.requireSameRecords(spaced, tight));
    assertThrows(Failure.class, () -> Outputs.requireSameBytes(spaced, tight));
  }

  @Test
  void shardsAreComparedJoined() throws Exception {
    Path two = write("two/part-0.jsonl", "{}\n", "two/part-1.jsonl", "[]\n");
    Path one = write("one.jsonl", "{}\n[]\n");

    Outputs.requireSameBytes(two, one);
  }

  @Test
  void differencesAreTold() throws Exception {
    Path one = write("one.jsonl", "{\"a\":1}\n{\"a\":2}\n");
    Path other = write("other.jsonl", "{\"a\":1}\n{\"a\":3}\n");
    Path shorter = write("shorter.jsonl", "{\"a\":1}\n");

    Failure differs = assertThrows(Failure.class, () -> Outputs.requireSameRecords(one, other));
    assertTrue(differs.getMessage().startsWith("record 2 is not the same"));
    assertThrows(Failure.class, () -> Outputs.requireSameRecords(one, shorter));
    assertThrows(Failure.class, () -> Outputs.requireSameBytes(one, shorter));
  }

  /** Pairs of name and content. */
  private Path write(String... files) throws IOException {
    for (int i = 0; i < files.length; i += 2) {
      Path file = folder.resolve(files[i]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, files[i + 1]);
    }
    return folder.resolve(files[0].replaceAll("/.*", ""));
  }
}
