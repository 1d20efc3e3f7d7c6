package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCleanerTest {
  private static final LogShard SHARD = new LogShard("rollouts", 0);
  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER =
      Clock.offset(NOW, LogCleaner.PATIENCE.plus(Duration.ofMinutes(1)));

  @TempDir Path folder;
  private StreamFolder stream;
  private LogCommitter committer;

  @BeforeEach
  void open() throws IOException {
    stream = Streams.open(new LocalStorage(), folder);
    committer = Streams.committer(stream);
  }

  private Segment segment(long first, long last) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (long order = first; order <= last; order++) {
      String line = Rollouts.line(order + ".png", (int) (1 + order % 7)).strip();
      messages.add(Streams.message(SHARD, order, "a.jsonl", "", line));
    }
    return Streams.append(folder, messages).get(0);
  }

  private int clean(Clock clock) throws IOException {
    return new LogCleaner(stream, clock).clean();
  }

  private boolean isThere(Segment segment) {
    return segment.files().stream().allMatch(file -> Files.exists(folder.resolve(file.name())));
  }

  @Test
  void whatOthersHaveCommittedGoesAndWhatMayStillBeCommittedStays() throws IOException {
    Segment wanted = segment(0, 9);
    Segment again = segment(2, 9);
    Segment further = segment(5, 14);
    assertEquals(0, clean(LATER), "nothing is committed yet");
    committer.commit(List.of(wanted), List.of());
    assertEquals(3, clean(NOW));
    assertTrue(isThere(wanted));
    assertFalse(isThere(again));
    assertTrue(isThere(further), "it has records that nobody has committed");
    assertEquals(0, clean(LATER));
    // a job that was restored from a checkpoint has both yet to commit
    LogCommitter restored = Streams.committer(stream);
    assertTrue(restored.commit(List.of(again), List.of()).isEmpty());
    LogCommitter.Outcome outcome =
        restored.commit(List.of(again, further), List.of()).orElseThrow();
    assertEquals(5, outcome.records());
    assertEquals(13, outcome.replayed());
    assertEquals(0, clean(LATER));
    Streams.compact(stream, 2, folder.resolveSibling(folder.getFileName() + "-plain"));
  }

  @Test
  void whatIsNotWholeIsLeftAloneForADay() throws IOException {
    committer.commit(List.of(segment(0, 9)), List.of());
    Segment torn = segment(10, 19);
    Files.delete(folder.resolve(LogLayout.ranks(torn.name())));
    Path temporary = folder.resolve(".bisift-tmp/log." + torn.name().replaceFirst(".*/", ""));
    Files.createDirectories(temporary.getParent());
    Files.writeString(temporary, "{");
    assertEquals(0, clean(NOW));
    assertEquals(3, clean(LATER));
    assertFalse(Files.exists(temporary));
    assertEquals(3, OutputFiles.list(folder.resolve("log/rollouts-0")).size());
  }

  /** A committer that lost the race meets a segment whose files are gone. */
  @Test
  void aCommitterThatIsBehindDropsWhatIsGone() throws IOException {
    LogCommitter behind = Streams.committer(stream);
    behind.commit(List.of(segment(0, 4)), List.of());
    Segment mine = segment(5, 9);
    committer.commit(List.of(segment(5, 9)), List.of());
    assertEquals(3, clean(NOW));
    assertTrue(behind.commit(List.of(mine), List.of()).isEmpty());
    assertEquals(10, stream.manifest(2).totals().records());
  }
}
