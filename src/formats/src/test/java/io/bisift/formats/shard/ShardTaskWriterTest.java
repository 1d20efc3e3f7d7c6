package io.bisift.formats.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.FullDisk;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardTaskWriterTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() throws IOException {
    input = temp.resolve("in/a.jsonl");
    output = temp.resolve("out");
    Rollouts.write(input, 100);
  }

  private Parameters parameters() {
    return Parameters.convert(input, output).withChunkSize(1000);
  }

  private String failure(Storage storage, RunParameters parameters, TestRun.Plan plan) {
    UserException error =
        assertThrows(UserException.class, () -> TestRun.write(storage, parameters, plan));
    assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    return error.getMessage();
  }

  @Test
  void writesNoShardOfAnInputWhoseContentChanged() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    String text = Files.readString(input);
    Files.writeString(input, text.replace("57.png", "75.png")); // the same size
    assertEquals(
        input + " changed while it was read; run again when nobody writes to it",
        failure(new LocalStorage(), parameters, plan));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  @Test
  void writesNoShardOfAnInputThatWasCutShort() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    byte[] bytes = Files.readAllBytes(input);
    Files.write(input, Arrays.copyOf(bytes, bytes.length - 300));
    assertTrue(failure(new LocalStorage(), parameters, plan).contains("changed while it was read"));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  @Test
  void writesNoShardOfAnInputWhoseLastLineGrew() throws IOException {
    String text = Files.readString(input);
    Files.writeString(input, text.substring(0, text.length() - 1));
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    Files.writeString(input, " \n", StandardOpenOption.APPEND);
    assertTrue(failure(new LocalStorage(), parameters, plan).contains("changed while it was read"));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  @Test
  void writesNoShardOfACompressedInputThatChanged() throws IOException {
    byte[] text = Files.readAllBytes(input);
    Files.delete(input);
    input = temp.resolve("in/a.jsonl.gz");
    gzip(text);
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    text[text.length - 30] ^= 1;
    gzip(text);
    assertTrue(failure(new LocalStorage(), parameters, plan).contains(input.toString()));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  private void gzip(byte[] text) throws IOException {
    try (OutputStream out = Compression.GZIP.compress(Files.newOutputStream(input))) {
      out.write(text);
    }
  }

  @Test
  void saysThatAnInputIsGone() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    Files.delete(input);
    assertEquals(
        "cannot read " + input + ": there is no such file (any more), or the link leads nowhere",
        failure(new LocalStorage(), parameters, plan));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  @Test
  void leavesOnlyWholeShardsOnAFullDisk() throws IOException {
    RunParameters parameters = parameters().withShards(4).build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    TestRun.write(new LocalStorage(), parameters, plan);
    long space = 0;
    for (String name : OutputFiles.names(output)) {
      space += Files.size(output.resolve(name));
    }
    new LocalStorage().deleteFolder(output.toString());
    String message = failure(new FullDisk(space - 1), parameters, plan);
    assertTrue(message.endsWith(": No space left on device"), message);
    assertEquals(
        List.of(
            "data/part-00000-of-00004.jsonl",
            "data/part-00001-of-00004.jsonl",
            "data/part-00002-of-00004.jsonl",
            "index/part-00000-of-00004.jsonl",
            "index/part-00001-of-00004.jsonl",
            "index/part-00002-of-00004.jsonl"),
        OutputFiles.names(output).stream()
            .filter(name -> !name.endsWith("3-of-00004.jsonl"))
            .toList());
    assertEquals(0, OutputFiles.list(output.resolve(".bisift-tmp")).size());
  }

  @Test
  void leavesNothingWhenTheIndexCannotBeCreated() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    StorageWrapper storage =
        new StorageWrapper() {
          @Override
          public WritableByteChannel create(String path) throws IOException {
            if (path.contains("index")) {
              throw new IOException("Too many open files");
            }
            return super.create(path);
          }
        };
    assertTrue(failure(storage, parameters, plan).endsWith("Too many open files"));
    assertEquals(List.of(), OutputFiles.names(output));
  }

  @Test
  void writesEmptyShardsWhereThereAreMoreThanRecords() throws IOException {
    RunParameters parameters = parameters().withShards(250).build();
    TestRun.write(new LocalStorage(), parameters, TestRun.plan(new LocalStorage(), parameters));
    List<Path> data = OutputFiles.list(output.resolve("data"));
    assertEquals(250, data.size());
    assertEquals(250, OutputFiles.list(output.resolve("index")).size());
    assertEquals(100, OutputFiles.lines(output, "data").size());
    assertEquals(0, OutputFiles.countLines(data.get(0)));
  }

  @Test
  void writesTheSameShardsFromACompressedSource() throws IOException {
    TestRun.run(new LocalStorage(), parameters().withShards(7));
    List<Path> plain = OutputFiles.list(output.resolve("data"));
    byte[] text = Files.readAllBytes(input);
    Files.delete(input);
    input = temp.resolve("in/a.jsonl.gz");
    gzip(text);
    output = temp.resolve("from-gz");
    TestRun.run(new LocalStorage(), parameters().withShards(7));
    for (Path file : plain) {
      assertEquals(-1, Files.mismatch(file, output.resolve("data").resolve(file.getFileName())));
    }
  }
}
