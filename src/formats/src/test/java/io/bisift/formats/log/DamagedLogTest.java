package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.source.TextLine;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each file of a growing set is damaged, cut short and lost in turn. */
class DamagedLogTest {
  private static final LogShard SHARD = new LogShard("rollouts", 0);

  @TempDir Path temp;

  private static void assertSaid(String path, String what, StreamFolder stream) {
    LogReader.Sink nowhere =
        new LogReader.Sink() {
          @Override
          public void kept(String group, TextLine record, TextLine index) {}

          @Override
          public void rejected(String group, TextLine record) {}
        };
    UserException e =
        assertThrows(UserException.class, () -> new LogReader(stream, 1).read(nowhere), path);
    assertTrue(e.getMessage().startsWith(path + what), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private static int damageAll(StreamFolder stream, Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> file.toString().matches(".*\\.(jsonl|ranks|gz|zst)"))
              .toList();
    }
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 4;
        Files.write(file, damaged);
        assertSaid(file.toString(), " is damaged", stream);
        Files.write(file, Arrays.copyOf(whole, at));
        assertSaid(file.toString(), " is damaged", stream);
      }
      Files.delete(file);
      assertSaid(file.toString(), " is missing", stream);
      Files.write(file, whole);
    }
    return files.size();
  }

  @Test
  void filesOfSegments() throws IOException {
    StreamFolder stream = Streams.open(new LocalStorage(), temp);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String line = i % 5 == 0 ? "{" : Rollouts.line(i + ".png", 1 + i % 7).strip();
      messages.add(Streams.message(SHARD, i, "a.jsonl", "", line));
    }
    Streams.committer(stream).commit(Streams.append(temp, messages), List.of());
    assertEquals(4, damageAll(stream, temp.resolve("log")));
  }

  @Test
  void filesOfSetsOfWholeFiles() throws IOException {
    for (Compression compression : List.of(Compression.NONE, Compression.GZIP, Compression.ZSTD)) {
      Path home = temp.resolve(compression.name());
      StreamParameters parameters = Streams.ofFiles(new SetShape(2, 1, compression));
      Path source = home.resolve("raw/a.jsonl");
      Rollouts.write(source, 40);
      Files.writeString(source, Files.readString(source) + "{\n");
      Path folder = home.resolve("set");
      StreamFolder stream = new StreamFolder(new LocalStorage(), folder.toString());
      stream.open(parameters);
      SourceSet set =
          new FileSelection(new LocalStorage(), stream, parameters, TestRun.TOOL)
              .select(source.toString())
              .orElseThrow();
      new LogCommitter(stream, parameters, TestRun.TOOL).commit(List.of(), List.of(set));
      assertEquals(5, damageAll(stream, folder.resolve("sources")));
    }
  }
}
