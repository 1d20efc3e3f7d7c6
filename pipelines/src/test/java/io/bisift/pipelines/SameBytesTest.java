package io.bisift.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.formats.testkit.OutputFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This process's threads and Beam's direct runner write the same files. */
class SameBytesTest {
  private static final String SAMPLE = "sample/annotations --image-root sample/images";

  @TempDir static Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select --annotations " + SAMPLE,
        "select --annotations " + SAMPLE + " --chunk-size 3KB --shards 5 --alpha 0.2",
        "select --annotations sample/annotations --top-ratio 0.03 --shards 3 --compression zstd",
        "select --annotations " + SAMPLE + " --subset bis:alpha=0,ratio=0.3 bis:ratio=0.01",
        "convert --annotations " + SAMPLE + " --labels soft --chunk-size 1KB --shards 7",
        "convert --annotations sample/annotations --shard-size 40KB --compression gzip",
      })
  void whateverTheCommand(String command) throws IOException {
    List<String> words = List.of(command.split(" ", -1));
    Path local = folder.resolve("local-" + Integer.toHexString(command.hashCode()));
    Path beam = folder.resolve("beam-" + Integer.toHexString(command.hashCode()));
    run(words, "--output=" + local, "--parallelism=3");
    run(words, "--output=" + beam, "--runner=DirectRunner");
    assertEquals(OutputFiles.checksums(beam), OutputFiles.checksums(local));
  }

  private static void run(List<String> words, String... more) {
    Cli cli = Cli.run(Stream.concat(words.stream(), Stream.of(more)).toArray());
    assertEquals(0, cli.exitCode(), cli.err());
  }
}
