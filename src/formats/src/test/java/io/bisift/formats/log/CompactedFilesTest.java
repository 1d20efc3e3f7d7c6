package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plain set of a version that came by whole files is the set of these files, manifest included:
 * but for what went in, which is the version.
 */
class CompactedFilesTest {
  @TempDir Path temp;

  @Test
  void isWhatSelectMakesOfTheFiles() throws IOException {
    StreamParameters parameters = Streams.ofFiles(new SetShape(2, 1, Compression.GZIP));
    Path folder = temp.resolve("set");
    StreamFolder stream = new StreamFolder(new LocalStorage(), folder.toString());
    stream.open(parameters);
    LogCommitter committer = new LogCommitter(stream, parameters, TestRun.TOOL);
    Path raw = temp.resolve("raw");
    for (int i : new int[] {2, 0, 1}) { // appearing in no order
      Path source = raw.resolve("source-" + i + ".jsonl");
      Rollouts.write(source, 30 + 17 * i);
      Files.writeString(source, Files.readString(source) + "\n{\n" + Rollouts.line("", 9));
      SourceSet set =
          new FileSelection(new LocalStorage(), stream, parameters, TestRun.TOOL)
              .select(source.toString())
              .orElseThrow();
      committer.commit(List.of(), List.of(set));
    }
    Path plain = temp.resolve("plain");
    Path selected = temp.resolve("selected");
    Manifest compacted = Streams.compact(stream, 3, plain);
    Manifest batch =
        TestRun.run(
            new LocalStorage(), Parameters.select(raw, selected, new Golden.Selection(0.3, 0.05)));
    assertEquals(OutputFiles.lines(selected, "data"), OutputFiles.lines(plain, "data"));
    assertEquals(OutputFiles.lines(selected, "index"), OutputFiles.lines(plain, "index"));
    assertEquals(OutputFiles.lines(selected, "rejected"), OutputFiles.lines(plain, "rejected"));
    assertNotNull(compacted.pool());
    assertEquals(batch.pool(), compacted.pool());
    assertEquals(batch.selected(), compacted.selected());
    assertEquals(batch.totals(), compacted.totals());
    assertEquals(batch.rejected().byDefect(), compacted.rejected().byDefect());
    assertEquals(batch.sources(), compacted.sources());
  }
}
