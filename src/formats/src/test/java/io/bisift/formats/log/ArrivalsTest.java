package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.OrderRanges;
import io.bisift.formats.source.TextLine;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records without an order: they are numbered as they are committed, and known by their ids. */
class ArrivalsTest {
  private static final LogShard SHARD = LogShard.ofArrivals("rollouts");

  @TempDir Path folder;
  private Path set;
  private StreamFolder stream;
  private LogCommitter committer;

  @BeforeEach
  void open() throws IOException {
    set = folder.resolve("set");
    stream = Streams.open(new LocalStorage(), set);
    committer = Streams.committer(stream);
  }

  /** All with one score: what is kept is decided by the order alone. */
  private static Message message(int number) {
    byte[] line = Rollouts.line(number + ".png", 7).strip().getBytes(StandardCharsets.UTF_8);
    return Message.arrival(
        SHARD,
        "a.jsonl",
        "a.jsonl",
        "a.jsonl:" + number,
        line,
        Message.NO_TIME,
        "receipt " + number);
  }

  private Segment segment(int... numbers) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (int number : numbers) {
      messages.add(message(number));
    }
    List<Segment> segments = Streams.append(set, messages);
    assertEquals(1, segments.size());
    return segments.get(0);
  }

  private LogCommitter.Outcome commit(Segment... segments) throws IOException {
    return committer.commit(List.of(segments), List.of()).orElseThrow();
  }

  /** The records in order, as they come out of a version that keeps all of a tie that it can. */
  private void checkOrder(int... numbers) throws IOException {
    List<Message> messages = new ArrayList<>();
    LogShard plain = new LogShard("t", 0);
    for (int number : numbers) {
      messages.add(
          new Message(
              plain, messages.size(), "", "a.jsonl", "a.jsonl:" + number, message(number).line()));
    }
    long version = stream.latestVersion();
    Path compacted = folder.resolve("plain" + version);
    Path selected = folder.resolve("selected" + version);
    Streams.compact(stream, version, compacted);
    Streams.select(messages, folder.resolve("annotations" + version), selected);
    assertEquals(Streams.data(selected), Streams.data(compacted));
  }

  private List<OrderRanges.Range> committed() throws IOException {
    return stream.manifest(stream.latestVersion()).shards().get(0).committed();
  }

  @Test
  void theOrderIsThatOfTheCommits() throws IOException {
    Segment earlier = segment(1, 2, 3);
    Segment later = segment(4, 5, 6, 7);
    assertEquals(4, commit(later).records());
    assertEquals(3, commit(earlier).records());
    assertEquals(List.of(new OrderRanges.Range(0, 6)), committed());
    checkOrder(4, 5, 6, 7, 1, 2, 3);
  }

  @Test
  void aMessageThatComesAgainCountsOnce() throws IOException {
    commit(segment(1, 2, 3));
    LogCommitter.Outcome again = commit(segment(2, 4, 3, 5, 1, 6, 7));
    assertEquals(4, again.records());
    assertEquals(3, again.duplicates());
    assertEquals(List.of(new OrderRanges.Range(0, 6)), committed());
    checkOrder(1, 2, 3, 4, 5, 6, 7);
    // another process knows them, too
    committer = Streams.committer(stream);
    assertEquals(7, commit(segment(7, 6, 5, 4, 3, 2, 1)).duplicates());
    checkOrder(1, 2, 3, 4, 5, 6, 7);
  }

  /** Also where the ids of its records are forgotten by now. */
  @Test
  void aSegmentThatComesAgainIsLeftAlone() throws IOException {
    Segment some = segment(1, 2, 3);
    Segment repeated = segment(1, 2, 3);
    commit(some);
    assertEquals(3, commit(repeated).duplicates());
    stream.receipts().remove(List.of(repeated.name()));
    for (int from = 1000; from < 4000; from += 1000) { // the horizon is a thousand
      int first = from;
      commit(segment(IntStream.range(0, 1000).map(i -> first + i).toArray()));
    }
    long records = stream.manifest(stream.latestVersion()).totals().records();
    assertTrue(committer.commit(List.of(some, repeated), List.of()).isEmpty());
    committer = Streams.committer(stream);
    assertTrue(committer.commit(List.of(some, repeated), List.of()).isEmpty());
    LogCommitter.Outcome more = commit(some, segment(9), repeated);
    assertEquals(1, more.records());
    assertEquals(6, more.replayed());
    assertEquals(records + 1, more.manifest().totals().records());
  }

  @Test
  void receiptsAreThereUntilTheyAreRemoved() throws IOException {
    Segment some = segment(3, 1);
    assertEquals(Optional.of(List.of("receipt 3", "receipt 1")), stream.receipts().of(some.name()));
    commit(some);
    assertTrue(stream.receipts().of(some.name()).isPresent());
    stream.receipts().remove(List.of(some.name()));
    assertTrue(stream.receipts().of(some.name()).isEmpty());
    assertTrue(some.files().stream().noneMatch(file -> file.name().endsWith(".receipts")));
  }

  private int clean(Duration later) throws IOException {
    return new LogCleaner(stream, Clock.offset(Clock.systemUTC(), later)).clean();
  }

  private boolean isThere(Segment segment) {
    return segment.files().stream().allMatch(file -> Files.exists(set.resolve(file.name())));
  }

  @Test
  void whatNobodyCanWantIsRemoved() throws IOException {
    Segment lost = segment(1, 2, 3); // of a worker that was killed
    Segment partly = segment(3, 4);
    Segment dropped = segment(2, 1);
    Segment some = segment(1, 2, 3);
    assertEquals(0, clean(Duration.ofDays(2)), "nothing is committed yet");
    commit(some);
    commit(dropped);
    stream.receipts().remove(List.of(some.name(), dropped.name()));
    assertEquals(4, clean(Duration.ZERO));
    assertTrue(isThere(some));
    assertTrue(isThere(partly), "it has a record that nobody has committed");
    assertFalse(isThere(lost));
    assertEquals(3, clean(Duration.ofDays(2)));
    assertFalse(isThere(dropped));
    // a job that was restored from a checkpoint has all yet to commit
    committer = Streams.committer(stream);
    LogCommitter.Outcome outcome = commit(lost, dropped, some, partly);
    assertEquals(1, outcome.records());
    assertEquals(8, outcome.replayed());
    assertEquals(0, clean(Duration.ZERO), "these messages are about to be acknowledged");
    assertEquals(1, clean(Duration.ofDays(2)));
    checkOrder(1, 2, 3, 4);
  }

  /** Does something just before a request of a number. */
  private static final class Meddling extends StorageWrapper {
    private int left;
    private final Meddler meddler;

    interface Meddler {
      void meddle() throws IOException;
    }

    Meddling(int request, Meddler meddler) {
      this.left = request;
      this.meddler = meddler;
    }

    private void count() throws IOException {
      if (--left == 0) {
        meddler.meddle();
      }
    }

    @Override
    public boolean isFolder(String path) throws IOException {
      count();
      return super.isFolder(path);
    }

    @Override
    public List<StoredFile> list(String path) throws IOException {
      count();
      return super.list(path);
    }

    @Override
    public List<StoredFile> listAll(String path) throws IOException {
      count();
      return super.listAll(path);
    }
  }

  @Test
  void whatIsCommittedWhileThereIsCleaningStays() throws IOException {
    commit(segment(0));
    boolean meddled = true;
    for (int request = 1; meddled; request++) {
      Segment some = segment(request);
      Meddling meddling =
          new Meddling(
              request,
              () -> {
                commit(some);
                stream.receipts().remove(List.of(some.name()));
              });
      Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
      new LogCleaner(new StreamFolder(meddling, set.toString()), later).clean();
      assertTrue(isThere(some), "committed before request " + request);
      meddled = meddling.left <= 0;
    }
  }

  /** As of a folder to which files are added while it is listed. */
  @Test
  void whatIsWrittenWhileThereIsCleaningStays() throws IOException {
    commit(segment(1));
    Segment some = segment(2);
    StorageWrapper late =
        new StorageWrapper() {
          @Override
          public List<StoredFile> listAll(String path) throws IOException {
            return super.listAll(path).stream()
                .filter(file -> !file.name().endsWith(".receipts"))
                .toList();
          }
        };
    new LogCleaner(new StreamFolder(late, set.toString()), Clock.systemUTC()).clean();
    assertTrue(isThere(some));
    assertEquals(1, commit(some).records());
  }

  /** Of messages that come again among new ones only some count, here and there. */
  @Test
  void aSegmentInManyPiecesIsReadOnce() throws IOException {
    commit(segment(1, 3, 5, 7));
    Segment some = segment(0, 1, 2, 3, 4, 5, 6, 7, 8);
    commit(some);
    List<String> opened = new ArrayList<>();
    StorageWrapper counting =
        new StorageWrapper() {
          @Override
          public ReadableByteChannel open(String path) throws IOException {
            if (path.contains(some.name())) {
              opened.add(path.substring(path.indexOf(some.name()) + some.name().length() + 1));
            }
            return super.open(path);
          }
        };
    StreamFolder counted = new StreamFolder(counting, set.toString());
    LogReader reader = new LogReader(counted, stream.latestVersion());
    reader.read(
        new LogReader.Sink() {
          @Override
          public void kept(String group, TextLine record, TextLine index) {}

          @Override
          public void rejected(String group, TextLine record) {}
        });
    assertEquals(List.of("ranks", "data.jsonl", "index.jsonl"), opened);
    opened.clear();
    assertEquals(
        1,
        Streams.committer(counted).commit(List.of(segment(9)), List.of()).orElseThrow().records());
    assertEquals(List.of("ranks"), opened);
  }
}
