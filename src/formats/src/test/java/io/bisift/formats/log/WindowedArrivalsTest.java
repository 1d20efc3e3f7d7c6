package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records without an order, by windows: event time is where the latest of them is. */
class WindowedArrivalsTest {
  private static final LogShard SHARD = LogShard.ofArrivals("rollouts");
  private static final EventWindows WINDOWS = new EventWindows(10_000, 3_000, 60_000);
  private static final StreamParameters PARAMETERS =
      new StreamParameters(
          StreamParameters.Mode.WINDOWS, 0.05, 0.3, LabelRule.hard(0), null, 1000, null, WINDOWS);
  private static final Instant START = Instant.parse("2026-11-25T22:00:00Z");

  @TempDir Path folder;
  private StreamFolder stream;
  private LogCommitter committer;

  @BeforeEach
  void open() throws IOException {
    stream = new StreamFolder(new LocalStorage(), folder.resolve("set").toString());
    stream.open(PARAMETERS);
    committer = committer();
  }

  private LogCommitter committer() {
    Clock clock = Clock.fixed(START.plusSeconds(86_400), ZoneOffset.UTC);
    return new LogCommitter(stream, PARAMETERS, TestRun.TOOL, List::of, clock);
  }

  private static String line(int second) {
    return Rollouts.line(second + ".png", 1 + second % 7).strip();
  }

  /** Records of these seconds, which are their ids, too. */
  private Segment segment(int... seconds) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (int second : seconds) {
      long time = START.plusSeconds(second).toEpochMilli();
      messages.add(
          Message.arrival(
              SHARD,
              WINDOWS.group("a.jsonl", time),
              "a.jsonl",
              "id" + second,
              line(second).getBytes(StandardCharsets.UTF_8),
              time,
              "receipt " + second));
    }
    return Streams.append(folder.resolve("set"), messages).get(0);
  }

  private Optional<LogCommitter.Outcome> commit(Segment... segments) throws IOException {
    return committer.commit(List.of(segments), List.of());
  }

  /** Against what select makes of each window's records, in the order of their commit. */
  private void check(int... seconds) throws IOException {
    long version = stream.latestVersion();
    List<Message> messages = new ArrayList<>();
    for (int second : seconds) {
      String window = WINDOWS.group("a.jsonl", START.plusSeconds(second).toEpochMilli());
      messages.add(
          Streams.message(
              new LogShard("t", 0), messages.size(), window + ".jsonl", "", line(second)));
    }
    Path plain = folder.resolve("plain" + version);
    Path selected = folder.resolve("selected" + version);
    Streams.compact(stream, version, plain);
    Streams.select(messages, folder.resolve("annotations" + version), selected);
    assertEquals(Streams.data(selected), Streams.data(plain));
  }

  @Test
  void whatComesTooLateIsDroppedOnce() throws IOException {
    LogCommitter.Outcome first = commit(segment(25, 3, 17), segment(8, 14, 1)).orElseThrow();
    assertEquals(6, first.records());
    assertEquals(START.plusSeconds(25).toEpochMilli(), first.manifest().windows().watermark());
    check(25, 3, 17, 8, 14, 1);
    Segment late = segment(5, 38, 19, 21, 24);
    LogCommitter.Outcome second = commit(late).orElseThrow();
    assertEquals(3, second.records());
    assertEquals(2, second.late(), "the windows of seconds 5 and 19 are closed");
    check(25, 3, 17, 8, 14, 1, 38, 21, 24);
    committer = committer(); // as after a kill, before the messages were acknowledged
    assertEquals(5, commit(late, segment(39)).orElseThrow().replayed());
    LogCommitter.Outcome again = commit(segment(21, 3, 33)).orElseThrow();
    assertEquals(2, again.duplicates(), "a record that is taken is not late when it comes again");
    assertEquals(0, again.late());
    check(25, 3, 17, 8, 14, 1, 38, 21, 24, 39, 33);
    assertEquals(2, again.manifest().windows().late());
  }
}
