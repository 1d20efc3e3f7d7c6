package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.select.RankHistogram;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source with more different scores than a histogram holds, and some ties at the cut. */
class ManyScoresLogTest {
  private static final List<LogShard> SHARDS = List.of(new LogShard("t", 0), new LogShard("t", 1));

  /** More than a histogram holds in one log shard, and more only with the other one's. */
  private static final int[][] RECORDS = {{69_000, 3_000}, {1_000, 2_000}};

  @TempDir Path folder;

  private static String line(long order, double score) {
    return String.format(
        Locale.ROOT,
        "{\"image\": \"%d.png\", \"question\": \"q\", \"steps_with_score\":"
            + " [{\"step\": \"a\", \"score\": 0.0}, {\"step\": \"b\", \"score\": %s}]}",
        order,
        score);
  }

  @Test
  void isCutExactly() throws IOException {
    Path set = folder.resolve("set");
    StreamFolder stream = Streams.open(new LocalStorage(), set);
    LogCommitter committer = Streams.committer(stream);
    Random random = new Random(3);
    List<Message> all = new ArrayList<>();
    long order = 0;
    for (int version = 1; version <= RECORDS.length; version++) {
      List<Segment> segments = new ArrayList<>();
      for (LogShard shard : SHARDS) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < RECORDS[version - 1][shard.number()]; i++) {
          // one in a hundred is tied at about where the cut falls
          double score = random.nextInt(100) == 0 ? 0.7 : 1 - random.nextDouble();
          messages.add(Streams.message(shard, order, "a.jsonl", "", line(order, score)));
          order++;
        }
        all.addAll(messages);
        segments.addAll(Streams.append(set, messages));
      }
      LogCommitter.Outcome outcome = committer.commit(segments, List.of()).orElseThrow();
      assertTrue(
          outcome.buckets() <= SHARDS.size() * (long) RankHistogram.DEFAULT_MAX_BUCKETS,
          "" + outcome.buckets());
      Path plain = folder.resolve("plain" + version);
      Path selected = folder.resolve("selected" + version);
      Manifest compacted = Streams.compact(stream, version, plain);
      Manifest batch = Streams.select(all, folder.resolve("annotations" + version), selected);
      Manifest.CutScore cut = batch.sources().get(0).cut();
      assertTrue(cut.ties() > cut.tiesKept(), "the cut falls between ties: " + cut);
      assertEquals(cut, compacted.sources().get(0).cut());
      assertEquals(batch.totals(), compacted.totals());
      assertEquals(Streams.data(selected), Streams.data(plain));
      assertEquals(Streams.index(selected), Streams.index(plain));
    }
  }
}
