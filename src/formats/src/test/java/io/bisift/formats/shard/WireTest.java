package io.bisift.formats.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.wire.Wire;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels between workers arrives as it left. */
final class WireTest {
  @TempDir Path temp;

  private static <T> byte[] bytes(T value, Wire.Writer<T> writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T roundTrip(T value, Wire.Writer<T> writer, Wire.Reader<T> reader)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(value, writer)));
    T read = reader.read(in);
    assertEquals(-1, in.read(), "bytes are left");
    return read;
  }

  @Test
  void ofSources() throws IOException {
    for (Compression compression : Compression.values()) {
      for (long entryCrc : new long[] {-1, 0, 0xFFFFFFFFL}) {
        SourceFile source =
            new SourceFile(
                "名前.jsonl", "a.zip!/名前.jsonl", "/x/a.zip", 30, 1L << 42, compression, entryCrc);
        assertEquals(source, roundTrip(source, SourceFile::write, SourceFile::read));
      }
    }
  }

  @Test
  void ofWrittenShards() throws IOException {
    Path input = Golden.unpack("poison", temp);
    RunParameters parameters = Parameters.convert(input, temp.resolve("out")).withShards(2).build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    for (WrittenShard shard : TestRun.write(new LocalStorage(), parameters, plan)) {
      WrittenShard read = roundTrip(shard, WrittenShard::write, WrittenShard::read);
      assertArrayEquals(bytes(shard, WrittenShard::write), bytes(read, WrittenShard::write));
      assertEquals(shard.kind(), read.kind());
      assertEquals(shard.index(), read.index());
      assertEquals(shard.file(), read.file());
      assertEquals(shard.indexFile(), read.indexFile());
      assertEquals(shard.defects(), read.defects());
      assertEquals(shard.selected().keySet(), read.selected().keySet());
      shard
          .selected()
          .forEach(
              (source, statistics) ->
                  assertEquals(statistics.summary(), read.selected().get(source).summary()));
    }
  }
}
