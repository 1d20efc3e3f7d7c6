package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shards of a selection, one after the other, are what the reference implementation writes. */
final class GoldenSelectTest {
  @TempDir static Path inputs;
  @TempDir Path temp;

  @BeforeAll
  static void unpack() throws IOException {
    Golden.unpack("clean", inputs);
    Golden.unpack("edges", inputs);
  }

  static Stream<Arguments> selections() {
    return Stream.of("clean", "edges")
        .flatMap(corpus -> Golden.SELECTIONS.stream().map(one -> Arguments.of(corpus, one)));
  }

  @ParameterizedTest
  @MethodSource("selections")
  void hasTheBytesOfTheReference(String corpus, Golden.Selection selection) throws IOException {
    String expected = Golden.sha256(selection.expected(corpus));
    for (int shards : List.of(1, 3, 8)) {
      for (long chunkSize : List.of(1L << 10, 64L << 10, 64L << 20)) {
        Path output = temp.resolve(shards + "-" + chunkSize);
        TestRun.run(
            new LocalStorage(),
            Parameters.select(inputs.resolve(corpus), output, selection)
                .withShards(shards)
                .withChunkSize(chunkSize));
        assertEquals(shards, OutputFiles.list(output.resolve("data")).size());
        assertEquals(
            expected,
            OutputFiles.sha256(output, "data"),
            () -> shards + " shards, chunks of " + chunkSize);
      }
    }
  }
}
