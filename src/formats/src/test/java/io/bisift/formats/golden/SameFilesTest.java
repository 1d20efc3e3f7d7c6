package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file of a set but {@code run.json} depends on the input and the parameters alone. */
final class SameFilesTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"clean", "edges", "poison"})
  void doNotDependOnTheChunkSize(String corpus) throws IOException {
    Path input = Golden.unpack(corpus, temp);
    Map<String, String> whole = convert(input, 64 << 20);
    assertTrue(whole.size() >= 3 * 2 + 3, whole::toString);
    for (long chunkSize : chunkSizes(corpus)) {
      assertEquals(whole, convert(input, chunkSize), () -> "chunks of " + chunkSize);
    }
  }

  private static long[] chunkSizes(String corpus) {
    return corpus.equals("clean")
        ? new long[] {1 << 10, 64 << 10}
        : new long[] {64, 1000, 1 << 10, 64 << 10};
  }

  private Map<String, String> convert(Path input, long chunkSize) throws IOException {
    Path output = temp.resolve("convert-" + chunkSize);
    TestRun.run(
        new LocalStorage(),
        Parameters.convert(input, output).withShards(3).withChunkSize(chunkSize));
    return OutputFiles.checksums(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clean", "edges", "poison"})
  void ofASelectionDoNotDependOnTheChunkSizeEither(String corpus) throws IOException {
    Path input = Golden.unpack(corpus, temp);
    Map<String, String> whole = select(input, 64 << 20);
    for (long chunkSize : chunkSizes(corpus)) {
      assertEquals(whole, select(input, chunkSize), () -> "chunks of " + chunkSize);
    }
  }

  private Map<String, String> select(Path input, long chunkSize) throws IOException {
    Path output = temp.resolve("select-" + chunkSize);
    TestRun.run(
        new LocalStorage(),
        Parameters.select(input, output, new Golden.Selection(0.333, 0.05))
            .withShardSize(64 << 10)
            .withChunkSize(chunkSize));
    return OutputFiles.checksums(output);
  }

  @Test
  void doNotDependOnHowTheSameLinesAreStored() throws IOException {
    Path folder = Golden.unpack("edges", temp);
    Path fromFolder = temp.resolve("from-folder");
    Path fromZip = temp.resolve("from-zip");
    TestRun.run(new LocalStorage(), Parameters.convert(folder, fromFolder).withShards(5));
    TestRun.run(
        new LocalStorage(),
        Parameters.convert(Golden.archive("edges", temp), fromZip).withShards(5));
    for (String kind : new String[] {"data", "index", "rejected"}) {
      assertEquals(
          OutputFiles.lines(fromFolder, kind), OutputFiles.lines(fromZip, kind), () -> kind);
    }
  }
}
