package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shards of a conversion, one after the other, are what the reference implementation writes.
 */
final class GoldenConvertTest {
  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void hasTheBytesOfTheReference(LabelRule.Kind kind) throws IOException {
    Path input = Golden.unpack("clean", temp);
    String expected =
        switch (kind) {
          case HARD -> "clean_all_hard.jsonl";
          case SOFT -> "clean_all_soft.jsonl";
        };
    for (int shards : List.of(1, 3, 8)) {
      for (long chunkSize : List.of(1L << 10, 64L << 10, 64L << 20)) {
        Path output = temp.resolve(shards + "-" + chunkSize);
        TestRun.run(
            new LocalStorage(),
            Parameters.convert(input, output)
                .withLabels(new LabelRule(kind, 0))
                .withShards(shards)
                .withChunkSize(chunkSize));
        assertEquals(
            Golden.sha256(expected),
            OutputFiles.sha256(output, "data"),
            () -> shards + " shards, chunks of " + chunkSize);
      }
    }
  }

  @Test
  void readsAZipFileAsTheFolderThatWasZipped() throws IOException {
    Path output = temp.resolve("out");
    TestRun.run(
        new LocalStorage(),
        Parameters.convert(Golden.archive("clean", temp), output).withShards(8));
    assertEquals(Golden.sha256("clean_all_hard.jsonl"), OutputFiles.sha256(output, "data"));
  }
}
