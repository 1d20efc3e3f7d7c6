package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommitterTest {
  private static final LogShard SHARD = new LogShard("rollouts", 0);

  @TempDir Path folder;

  private StreamFolder stream() throws IOException {
    return Streams.open(new LocalStorage(), folder.resolve("set"));
  }

  private List<Segment> segments(long first, long last) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (long order = first; order <= last; order++) {
      messages.add(message(order, ""));
    }
    return Streams.append(folder.resolve("set"), messages);
  }

  private static Message message(long order, String id) {
    String line = Rollouts.line(order + ".png", (int) (1 + order % 7)).strip();
    return Streams.message(SHARD, order, "a.jsonl", id, line);
  }

  @Test
  void aRecordCountsOnceHoweverItIsReplayed() throws IOException {
    LogCommitter committer = Streams.committer(stream());
    assertEquals(10, committer.commit(segments(0, 9), List.of()).orElseThrow().records());
    LogCommitter.Outcome again = committer.commit(segments(5, 14), List.of()).orElseThrow();
    assertEquals(5, again.records());
    assertEquals(5, again.replayed());
    assertEquals(
        List.of(new OrderRanges.Range(0, 14)), again.manifest().shards().get(0).committed());
    assertTrue(committer.commit(segments(3, 12), List.of()).isEmpty());
    assertEquals(2, stream().latestVersion());
  }

  /** Nothing is lost where a later segment is committed first. */
  @Test
  void takesSegmentsInAnyOrder() throws IOException {
    LogCommitter committer = Streams.committer(stream());
    committer.commit(segments(10, 19), List.of());
    LogCommitter.Outcome before = committer.commit(segments(0, 9), List.of()).orElseThrow();
    assertEquals(10, before.records());
    assertEquals(20, before.manifest().totals().records());
  }

  @Test
  void dropsWhatHasTheIdOfAnother() throws IOException {
    LogCommitter committer = Streams.committer(stream());
    Path set = folder.resolve("set");
    List<Message> messages = List.of(message(0, "x"), message(1, "y"), message(2, "x"));
    LogCommitter.Outcome first =
        committer.commit(Streams.append(set, messages), List.of()).orElseThrow();
    assertEquals(2, first.records());
    assertEquals(1, first.duplicates());
    // another process knows them, too
    LogCommitter.Outcome second =
        Streams.committer(stream())
            .commit(Streams.append(set, List.of(message(3, "y"), message(4, "z"))), List.of())
            .orElseThrow();
    assertEquals(1, second.records());
    assertEquals(1, second.duplicates());
  }

  /** Many committers at once, all with the same segments and some of their own. */
  @Test
  void ofRunsAtOnceNoneLosesOrDoublesARecord() throws Exception {
    StreamFolder stream = stream();
    List<Segment> shared = segments(0, 49);
    List<List<Segment>> own = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      own.add(segments(50 + 10 * i, 59 + 10 * i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (List<Segment> some : own) {
        runs.add(
            threads.submit(
                () -> {
                  LogCommitter committer = Streams.committer(stream);
                  committer.commit(shared, List.of());
                  for (Segment segment : some) {
                    committer.commit(List.of(segment), List.of());
                  }
                  return committer;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      threads.shutdown();
    }
    StreamManifest last = stream.manifest(stream.latestVersion());
    assertEquals(90, last.totals().records());
    assertEquals(
        90,
        stream.pieces(last.version()).stream().mapToInt(piece -> piece.to() - piece.from()).sum());
    assertEquals(List.of(new OrderRanges.Range(0, 89)), last.shards().get(0).committed());
  }

  @Test
  void readsAVersionFromFewManifests() throws IOException {
    StreamFolder stream = stream();
    LogCommitter committer = Streams.committer(stream);
    for (int i = 0; i < 21; i++) {
      committer.commit(segments(i, i), List.of());
      assertEquals(i + 1, stream.pieces(i + 1).size());
    }
    assertEquals(16, stream.manifest(16).pieces().size());
    assertEquals(4, stream.manifest(20).pieces().size());
    assertEquals(1, stream.manifest(21).pieces().size());
    assertTrue(OutputFiles.list(folder.resolve("set/sums")).size() <= 3);
  }

  @Test
  void aStreamThatIsToldOtherwiseIsRefused() throws IOException {
    StreamFolder stream = stream();
    StreamParameters other =
        new StreamParameters(
            StreamParameters.Mode.CUMULATIVE, 0.1, 0.3, LabelRule.hard(0), null, 0, null, null);
    UserException refusal = assertThrows(UserException.class, () -> stream.open(other));
    assertEquals(
        folder.resolve("set")
            + " holds a stream that was told otherwise (--alpha was 0.05, is 0.1); name another"
            + " --output",
        refusal.getMessage());
  }

  @Test
  void aFolderOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.writeString(folder.resolve("set/thesis.txt"), "years of work");
    UserException refusal = assertThrows(UserException.class, this::stream);
    assertTrue(refusal.getMessage().contains("holds files of something else (thesis.txt)"));
  }
}
