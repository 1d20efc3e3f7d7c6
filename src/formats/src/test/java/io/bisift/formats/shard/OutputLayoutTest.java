package io.bisift.formats.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.plan.ShardTask;
import io.bisift.formats.compress.Compression;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputLayoutTest {
  @Test
  void namesShards() {
    assertEquals(
        "data/part-00003-of-00008.jsonl.zst",
        OutputLayout.shard(ShardTask.Kind.DATA, 3, 8, Compression.ZSTD));
    assertEquals(
        "rejected/part-00000-of-00001.jsonl",
        OutputLayout.shard(ShardTask.Kind.REJECTED, 0, 1, Compression.ZSTD));
    assertEquals("index/part-123456-of-200000.jsonl", OutputLayout.index(123_456, 200_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run.json",
        "manifest.json",
        "README.md",
        "meta.json",
        "data/part-00000-of-00001.jsonl",
        "data/part-00000-of-00001.jsonl.gz",
        "rejected/part-100000-of-200000.jsonl",
        "index/part-00000-of-00001.jsonl",
        ".bisift-tmp/anything"
      })
  void knowsItsOwnFiles(String name) {
    assertTrue(OutputLayout.isOurs(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "notes.txt",
        "data/notes.txt",
        "data/part-0-of-1.jsonl",
        "part-00000-of-00001.jsonl",
        "x/data/part-00000-of-00001.jsonl",
        "data/part-00000-of-00001.jsonl.bak",
        "old/run.json",
        ".bisift-tmpx/anything"
      })
  void leavesOthersAlone(String name) {
    assertFalse(OutputLayout.isOurs(name));
  }

  @Test
  void resolvesBelowAFolderHoweverItIsWritten() {
    assertEquals("out/run.json", new OutputLayout("out").path("run.json"));
    assertEquals("out/run.json", new OutputLayout("out/").path("run.json"));
  }

  @Test
  void saysInWordsWhyWritingFailed() {
    assertEquals("permission denied", OutputLayout.reason(new AccessDeniedException("/x")));
    assertEquals("No space left", OutputLayout.reason(new IOException("No space left")));
    assertEquals(
        "a file of that name is in the way",
        OutputLayout.reason(new FileAlreadyExistsException("/x")));
    assertEquals("no such file or folder", OutputLayout.reason(new NoSuchFileException("/x")));
  }
}
