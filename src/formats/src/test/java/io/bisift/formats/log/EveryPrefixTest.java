package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every version is what the batch selection makes of the records committed by then, byte for byte:
 * with many ties, records that leave the set and come back, bad ones, replays, segments that are
 * committed twice or late, and runs that write at the same time.
 */
class EveryPrefixTest {
  private static final int ROUNDS = 12;
  private static final int VERSIONS = 9;

  @TempDir Path folder;

  @Test
  void isTheBatchSelection() throws IOException {
    long returned = 0;
    for (int round = 0; round < ROUNDS; round++) {
      returned += new Round(round, folder.resolve("round" + round)).run();
    }
    assertTrue(returned > 0, "no record fell below a cut and came back");
  }

  /** One stream of random records. */
  private static final class Round {
    private final Random random;
    private final Path home;
    private final Path set;
    private final StreamFolder stream;
    private final List<LogShard> shards =
        List.of(new LogShard("t", 2), new LogShard("t", 10), new LogShard("a", 0));
    private final Map<LogShard, List<Message>> published = new HashMap<>();
    private final List<Message> committed = new ArrayList<>();
    private final List<Segment> seen = new ArrayList<>();
    private final Map<String, Boolean> wasKept = new HashMap<>();
    private long returned;

    Round(long seed, Path home) throws IOException {
      this.random = new Random(seed);
      this.home = home;
      this.set = home.resolve("set");
      this.stream = Streams.open(new LocalStorage(), set);
      shards.forEach(shard -> published.put(shard, new ArrayList<>()));
    }

    long run() throws IOException {
      LogCommitter one = Streams.committer(stream);
      LogCommitter other = Streams.committer(stream);
      for (int version = 1; version <= VERSIONS; version++) {
        List<Segment> batch = new ArrayList<>(nextSegments());
        if (!seen.isEmpty() && random.nextBoolean()) {
          batch.add(random.nextInt(batch.size() + 1), seen.get(random.nextInt(seen.size())));
        }
        LogCommitter committer = random.nextBoolean() ? one : other;
        LogCommitter.Outcome outcome = committer.commit(batch, List.of()).orElseThrow();
        assertEquals(version, outcome.manifest().version());
        seen.addAll(batch);
        check(version, outcome.manifest());
      }
      return returned;
    }

    /** More records of some shards, in segments that may overlap what came before. */
    private List<Segment> nextSegments() throws IOException {
      List<Segment> segments = new ArrayList<>();
      for (LogShard shard : shards) {
        List<Message> log = published.get(shard);
        int start = log.size();
        int count = 1 + random.nextInt(25);
        for (int i = 0; i < count; i++) {
          long last = log.isEmpty() ? -1 : log.get(log.size() - 1).order();
          log.add(next(shard, last + 1 + random.nextInt(3) / 2)); // with holes
        }
        committed.addAll(log.subList(start, log.size()));
        // a restart: the reader went back, and cut its segments elsewhere
        int from = random.nextInt(3) == 0 ? random.nextInt(start + 1) : start;
        while (from < log.size()) {
          int to = from + 1 + random.nextInt(log.size() - from);
          segments.addAll(Streams.append(set, log.subList(from, to)));
          from = to;
        }
      }
      return segments;
    }

    private Message next(LogShard shard, long order) {
      String source = random.nextInt(3) == 0 ? "b.jsonl" : "a.jsonl";
      String image = shard.id() + "/" + order + ".png";
      String line =
          switch (random.nextInt(12)) {
            case 0 -> " ";
            case 1 -> "{\"broken\": ";
            case 2 -> Rollouts.line("", 1 + random.nextInt(3)).strip(); // ranked, not writable
            // better and better, so that cuts move
            default ->
                Rollouts.line(image, 1 + random.nextInt(2 + committed.size() / 30) % 16).strip();
          };
      return Streams.message(shard, order, source, "", line);
    }

    private void check(int version, Manifest batch, Path plain) throws IOException {
      Manifest compacted = Streams.compact(stream, version, plain);
      assertEquals(batch.sources().size(), compacted.sources().size());
      for (int i = 0; i < batch.sources().size(); i++) {
        assertEquals(batch.sources().get(i).source(), compacted.sources().get(i).source());
        assertEquals(batch.sources().get(i).counts(), compacted.sources().get(i).counts());
        assertEquals(batch.sources().get(i).cut(), compacted.sources().get(i).cut());
        assertEquals(batch.sources().get(i).pool(), compacted.sources().get(i).pool());
        assertEquals(batch.sources().get(i).selected(), compacted.sources().get(i).selected());
      }
      assertEquals(batch.pool(), compacted.pool());
      assertEquals(batch.selected(), compacted.selected());
      assertEquals(batch.rejected().byDefect(), compacted.rejected().byDefect());
      assertEquals(batch.totals(), compacted.totals());
    }

    private void check(int version, StreamManifest manifest) throws IOException {
      Path selected = home.resolve("selected" + version);
      Path plain = home.resolve("plain" + version);
      Manifest batch = Streams.select(committed, home.resolve("annotations" + version), selected);
      check(version, batch, plain);
      assertEquals(Streams.data(selected), Streams.data(plain));
      assertEquals(Streams.index(selected), Streams.index(plain));
      assertEquals(Streams.reasons(selected), Streams.reasons(plain));
      assertEquals(committed.size(), manifest.totals().records());
      follow(Streams.data(plain));
    }

    private void follow(List<String> kept) {
      Map<String, Boolean> now = new HashMap<>();
      kept.forEach(record -> now.put(record, true));
      for (String record : now.keySet()) {
        if (Boolean.FALSE.equals(wasKept.get(record))) {
          returned++;
        }
      }
      wasKept.replaceAll((record, kept2) -> now.containsKey(record));
      wasKept.putAll(now);
    }
  }
}
