package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No line is lost: the manifest's counts add up, and the files hold what it says. */
final class CountsTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"clean", "edges", "poison"})
  void addUpWhenConverting(String corpus) throws IOException {
    Path input = Golden.unpack(corpus, temp);
    check(TestRun.run(new LocalStorage(), Parameters.convert(input, out()).withShards(3)), input);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clean", "edges", "poison"})
  void addUpWhenSelecting(String corpus) throws IOException {
    Path input = Golden.unpack(corpus, temp);
    for (Golden.Selection selection : Golden.SELECTIONS) {
      Parameters parameters = Parameters.select(input, out(), selection).withShards(3).withForce();
      check(TestRun.run(new LocalStorage(), parameters), input);
    }
  }

  private Path out() {
    return temp.resolve("out");
  }

  private void check(Manifest manifest, Path input) throws IOException {
    assertEquals(OutputFiles.list(input).size(), manifest.sources().size());
    for (Manifest.Source source : manifest.sources()) {
      check(source.counts());
      assertEquals(
          pythonLines(Files.readAllBytes(input.resolve(source.source()))),
          source.counts().lines(),
          source.source());
    }
    check(manifest.totals());
    assertEquals(manifest.totals().written(), OutputFiles.lines(out(), "data").size());
    assertEquals(manifest.totals().rejected(), OutputFiles.lines(out(), "rejected").size());
    assertEquals(
        manifest.totals().rejected(),
        manifest.rejected().byDefect().values().stream().mapToLong(Long::longValue).sum());
    long first = 0;
    long written = manifest.totals().written();
    for (int i = 0; i < manifest.shards().size(); i++) {
      Manifest.Shard shard = manifest.shards().get(i);
      long next = (i + 1) * written / manifest.shards().size();
      assertEquals(next - first, shard.data().records(), shard.data().name());
      assertEquals(
          shard.data().records(), OutputFiles.countLines(out().resolve(shard.data().name())));
      checkIndex(shard);
      first = next;
    }
  }

  private static void check(Manifest.Counts counts) {
    assertEquals(counts.lines(), counts.blank() + counts.rejected() + counts.usable());
    assertEquals(counts.usable(), counts.written() + counts.notKept());
  }

  /** The index has a line for each record, with the same picture. */
  private void checkIndex(Manifest.Shard shard) throws IOException {
    List<String> data = lines(shard.data().name());
    List<String> index = lines(shard.index().name());
    assertEquals(data.size(), index.size(), shard.data().name());
    for (int i = 0; i < data.size(); i++) {
      String image = data.get(i).substring(1, data.get(i).indexOf(", \"conversations\": "));
      assertTrue(index.get(i).contains(", " + image + ", \"p\": "), index.get(i));
    }
  }

  private List<String> lines(String name) throws IOException {
    String text = Files.readString(out().resolve(name));
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  private static long pythonLines(byte[] file) {
    long lines = 0;
    for (int i = 0; i < file.length; i++) {
      boolean insideCrLf = file[i] == '\r' && i + 1 < file.length && file[i + 1] == '\n';
      boolean ends = file[i] == '\n' || file[i] == '\r' || i + 1 == file.length;
      lines += ends && !insideCrLf ? 1 : 0;
    }
    return lines;
  }
}
