package io.bisift.formats.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import io.bisift.core.evaluation.Fields;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultShardTest {
  private static final String RUN = "this run";

  private static final ChunkFile.Form<String> TEXT =
      new ChunkFile.Form<>() {
        @Override
        public void append(String item, JsonBytes json) {
          json.string(item);
        }

        @Override
        public String parse(Fields fields) {
          throw new UnsupportedOperationException();
        }
      };

  private final LocalStorage storage = new LocalStorage();
  @TempDir Path folder;

  /** Chunks of so many items each, of which every fourth is rejected. */
  private List<ChunkOutcome> chunks(Path output, int... sizes) throws IOException {
    ResultFolder results = new ResultFolder(storage, output.toString());
    results.claim(Map.of(), /* force= */ false, "test", RUN);
    List<ChunkOutcome> outcomes = new ArrayList<>();
    int item = 0;
    for (int number = 0; number < sizes.length; number++) {
      ChunkFile<String> chunk = new ChunkFile<>(TEXT);
      for (int i = 0; i < sizes[number]; i++, item++) {
        if (item % 4 == 3) {
          byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
          chunk.reject(
              "f:" + item,
              new RawLine(item + 1, 0, text),
              new RejectedRecordException(Defect.NO_SCORE, "none"));
        } else {
          chunk.add(item, "item " + item);
        }
      }
      outcomes.add(chunk.write(results, number, "key " + number));
    }
    return outcomes;
  }

  private static List<String> lines(Path output, String kind) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output.resolve(kind))) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }

  @Test
  void shardsHaveTheirShareOfTheLinesInOrder() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (i % 4 != 3) {
        expected.add("\"item " + i + "\"");
      }
    }
    for (int shards : new int[] {1, 2, 3, 7, 23, 40}) {
      for (int[] sizes : new int[][] {{30}, {0, 1, 0, 28, 1, 0}, {5, 5, 5, 5, 5, 5}, {4, 26}}) {
        Path output = folder.resolve(shards + "-" + sizes.length);
        List<ResultShard> plan = ResultShard.plan(chunks(output, sizes), shards);
        assertEquals(shards + 1, plan.size());
        for (ResultShard shard : plan) {
          int records = shard.folder().equals(ResultFolder.SCORES) ? 23 : 7;
          int count = shard.folder().equals(ResultFolder.SCORES) ? shards : 1;
          long start = (long) records * shard.index() / count;
          long end = (long) records * (shard.index() + 1) / count;
          assertEquals(end - start, shard.write(storage, output.toString(), RUN).records());
        }
        assertEquals(expected, lines(output, "scores"));
        assertEquals(7, lines(output, "rejected").size());
        assertEquals(
            "{\"id\": \"f:3\", \"offset\": 0, \"reason\": \"none\", \"raw\": \"{}\"}",
            lines(output, "rejected").get(0));
      }
    }
  }

  /** A run that lost its folder puts nothing into it, not even if the winner's chunks are there. */
  @Test
  void anotherRunsLinesAreNotTaken() throws IOException {
    ResultShard mine = ResultShard.plan(chunks(folder, 3), 1).get(0);
    ResultFolder results = new ResultFolder(storage, folder.toString());
    ChunkFile<String> other = new ChunkFile<>(TEXT);
    other.add(0, "another run's");
    other.write(results, 0, "another key");
    UserException chunk =
        assertThrows(UserException.class, () -> mine.write(storage, folder.toString(), RUN));
    results.claim(Map.of(), /* force= */ false, "test", "another run");
    UserException taken =
        assertThrows(UserException.class, () -> mine.write(storage, folder.toString(), RUN));
    assertEquals(
        "another run has taken " + folder + "; this one stops, so that the two do not mix",
        taken.getMessage());
    assertEquals(taken.getMessage(), chunk.getMessage());
    assertThrows(UserException.class, () -> results.complete("report", "{}", "test", RUN));
    assertEquals(ResultFolder.State.UNFINISHED, results.state());
    results.complete("report", "{}", "test", "another run");
    assertEquals(ResultFolder.State.COMPLETE, results.state());
  }

  @Test
  void nothingMakesEmptyFiles() throws IOException {
    List<ResultShard> plan = ResultShard.plan(chunks(folder), 2);
    assertEquals(2, plan.size());
    for (ResultShard shard : plan) {
      assertEquals(0, shard.write(storage, folder.toString(), RUN).records());
    }
    assertEquals(List.of(), lines(folder, "scores"));
  }
}
