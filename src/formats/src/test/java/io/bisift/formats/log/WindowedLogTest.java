package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.Watermark;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every version of a set by windows is what the batch selection makes of each window's records:
 * records come out of order, in overlapping segments, some too late, to committers that take turns.
 */
class WindowedLogTest {
  private static final EventWindows WINDOWS = new EventWindows(10_000, 3_000, 60_000);
  private static final StreamParameters PARAMETERS = parameters(WINDOWS);
  private static final long START = Instant.parse("2026-11-25T22:00:00Z").toEpochMilli();
  private static final List<LogShard> SHARDS =
      List.of(new LogShard("t", 2), new LogShard("t", 10), new LogShard("a", 0));
  private static final int VERSIONS = 24;

  @TempDir Path folder;

  private final Random random = new Random(7);
  private final Map<LogShard, List<Message>> published = new HashMap<>();
  private final Map<LogShard, Long> latest = new HashMap<>();
  private final List<Message> inTime = new ArrayList<>();
  private long watermark = Watermark.START;
  private long late;

  private static StreamParameters parameters(EventWindows windows) {
    return new StreamParameters(
        StreamParameters.Mode.WINDOWS, 0.05, 0.3, LabelRule.hard(0), null, 0, null, windows);
  }

  @Test
  void isTheBatchSelectionOfEachWindow() throws IOException {
    StreamFolder stream = new StreamFolder(new LocalStorage(), folder.resolve("set").toString());
    stream.open(PARAMETERS);
    LogCommitter one = committer(stream);
    LogCommitter other = committer(stream);
    SHARDS.forEach(shard -> published.put(shard, new ArrayList<>()));
    int most = 0;
    for (int version = 1; version <= VERSIONS; version++) {
      List<Segment> segments = new ArrayList<>();
      for (LogShard shard : SHARDS.subList(0, version == 1 ? 2 : 3)) { // one begins later
        segments.addAll(next(shard, version));
      }
      LogCommitter committer = random.nextBoolean() ? one : other;
      LogCommitter.Outcome outcome = committer.commit(segments, List.of()).orElseThrow();
      if (latest.size() == SHARDS.size()) {
        watermark = latest.values().stream().mapToLong(Long::longValue).min().orElseThrow();
      }
      StreamManifest.Progress progress = outcome.manifest().windows();
      assertEquals(new StreamManifest.Progress(watermark, late), progress);
      check(stream, version, outcome.manifest());
      LogState state = LogState.load(stream, PARAMETERS);
      assertEquals(state.groups.keySet(), state.sums.groups.keySet());
      most = Math.max(most, state.groups.size());
    }
    takeInMended(stream);
    int all = stream.groups(VERSIONS).size();
    assertTrue(late > 20, "only " + late + " records were late");
    assertTrue(all > 30 && most < 10, "of " + all + " windows " + most + " were remembered");
  }

  /** A partition may be waited for longer; windows stay as they are. */
  @Test
  void otherWindowsAreRefused() throws IOException {
    StreamFolder stream = new StreamFolder(new LocalStorage(), folder.resolve("set").toString());
    stream.open(PARAMETERS);
    stream.open(parameters(new EventWindows(10_000, 3_000, 1)));
    StreamParameters other = parameters(new EventWindows(20_000, 4_000, 60_000));
    UserException refusal = assertThrows(UserException.class, () -> stream.open(other));
    assertEquals(
        stream.layout().folder()
            + " holds a stream that was told otherwise (--window was 10000 ms, is 20000 ms;"
            + " --allowed-lateness was 3000 ms, is 4000 ms); name another --output",
        refusal.getMessage());
  }

  private static LogCommitter committer(StreamFolder stream) {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(START).plusSeconds(86_400), ZoneOffset.UTC);
    return new LogCommitter(stream, PARAMETERS, TestRun.TOOL, () -> SHARDS, clock);
  }

  /** More records of a shard, in segments of which some overlap what came before. */
  private List<Segment> next(LogShard shard, int version) throws IOException {
    List<Message> log = published.get(shard);
    int start = log.size();
    int count = 1 + random.nextInt(25);
    long watermarkBefore = watermark;
    for (int i = 0; i < count; i++) {
      long behind = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(5_000);
      long time = START + 6_000L * version - behind;
      Message message = message(shard, log.size(), time);
      log.add(message);
      latest.merge(shard, time, Math::max);
      if (WINDOWS.isClosed(message.group(), watermarkBefore)) {
        late++;
      } else {
        inTime.add(message);
      }
    }
    int from = random.nextInt(3) == 0 ? random.nextInt(start + 1) : start;
    List<Segment> segments = new ArrayList<>();
    while (from < log.size()) {
      int to = from + 1 + random.nextInt(log.size() - from);
      segments.addAll(Streams.append(folder.resolve("set"), log.subList(from, to)));
      from = to;
    }
    return segments;
  }

  private Message message(LogShard shard, long order, long time) {
    String source = random.nextInt(3) == 0 ? "b" : "a";
    String line =
        switch (random.nextInt(12)) {
          case 0 -> " ";
          case 1 -> "{\"broken\": ";
          case 2 -> Rollouts.line("", 1 + random.nextInt(3)).strip(); // ranked, not writable
          default ->
              Rollouts.line(shard.id() + "/" + order + ".png", 1 + random.nextInt(6)).strip();
        };
    return new Message(
        shard,
        order,
        WINDOWS.group(source, time),
        source,
        "",
        line.getBytes(StandardCharsets.UTF_8),
        time);
  }

  /**
   * Of a window that was closed long ago: they are a group of their own, and nothing else moves.
   */
  private void takeInMended(StreamFolder stream) throws IOException {
    String group = WINDOWS.group("a", START);
    Path rejected = folder.resolve("mended.jsonl");
    Files.writeString(
        rejected,
        "{\"id\": \"a:t-2:1\", \"source\": \"a\", \"group\": \"%s\", \"raw\": %s}\n"
            .formatted(group, Rollouts.line("mended.png", 3).strip()));
    StreamManifest before = stream.manifest(VERSIONS);
    Replay replay =
        new Replay(new LocalStorage(), stream, PARAMETERS, ImageCheck.NONE, TestRun.TOOL);
    assertEquals(1, replay.run(List.of(rejected.toString())).taken());
    assertEquals(before.windows(), stream.manifest(VERSIONS + 1).windows());
    List<StreamManifest.Group> mended =
        stream.groups(VERSIONS + 1).stream()
            .filter(found -> found.group().equals(group + ":mended"))
            .toList();
    assertEquals(1, mended.get(0).counts().kept());
    assertEquals(inTime.size() + 1, stream.manifest(VERSIONS + 1).totals().records());
  }

  private void check(StreamFolder stream, int version, StreamManifest latestManifest)
      throws IOException {
    Path selected = folder.resolve("selected" + version);
    Path plain = folder.resolve("plain" + version);
    List<Message> asSources = Streams.groupsAsSources(inTime);
    Manifest batch = Streams.select(asSources, folder.resolve("annotations" + version), selected);
    Manifest compacted = Streams.compact(stream, version, plain);
    assertEquals(Streams.data(selected), Streams.data(plain));
    assertEquals(Streams.reasons(selected), Streams.reasons(plain));
    assertEquals(batch.totals(), compacted.totals());
    assertEquals(batch.sources().size(), compacted.sources().size());
    for (int i = 0; i < batch.sources().size(); i++) {
      assertEquals(batch.sources().get(i).source(), compacted.sources().get(i).source() + ".jsonl");
      assertEquals(batch.sources().get(i).counts(), compacted.sources().get(i).counts());
      assertEquals(batch.sources().get(i).cut(), compacted.sources().get(i).cut());
    }
    assertEquals(inTime.size(), latestManifest.totals().records());
    assertFalse(latestManifest.groups().isEmpty());
  }
}
