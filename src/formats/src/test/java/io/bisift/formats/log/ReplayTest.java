package io.bisift.formats.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final LogShard SHARD = new LogShard("t", 0);
  private static final LogShard MENDED = new LogShard("~mended", 0);
  private static final String BROKEN = "{\"broken\": ";

  @TempDir Path temp;

  private Path set() {
    return temp.resolve("set");
  }

  private StreamFolder stream() throws IOException {
    return Streams.open(new LocalStorage(), set());
  }

  private static String good(int number) {
    return Rollouts.line(number + ".png", 1 + number % 7).strip();
  }

  /** A third of them is broken; some of those have ids of their own. */
  private static List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String source = i % 5 == 0 ? "b.jsonl" : "a.jsonl";
      String line = i % 3 == 0 ? BROKEN + i : good(i);
      messages.add(Streams.message(SHARD, i, source, i % 4 == 0 ? "id" + i : "", line));
    }
    return messages;
  }

  /** The rejected records of a version, of which some are mended. */
  private List<String> mend(long version, int every) throws IOException {
    Path plain = temp.resolve("plain" + version);
    Streams.compact(stream(), version, plain);
    List<String> lines = new ArrayList<>();
    for (String line : OutputFiles.lines(plain, "rejected")) {
      int number = Integer.parseInt(line.replaceFirst(".*: (\\d+)\"}$", "$1"));
      String record = good(number).replace("\"", "\\\"");
      lines.add(
          number % every == 0
              ? line.replaceFirst(
                  "\"raw\": .*", "\"raw\": \"" + record.replace("\\", "\\\\") + "\"}")
              : line);
    }
    return lines;
  }

  private Path write(String name, List<String> lines) throws IOException {
    return Files.write(temp.resolve(name), lines, StandardCharsets.UTF_8);
  }

  private Replay.Outcome replay(Path... files) throws IOException {
    return new Replay(
            new LocalStorage(), stream(), Streams.PARAMETERS, ImageCheck.NONE, TestRun.TOOL)
        .run(List.of(files).stream().map(Path::toString).toList());
  }

  @Test
  void takesInWhatWasMendedAsIfItCameLast() throws IOException {
    List<Message> all = messages();
    Streams.committer(stream()).commit(Streams.append(set(), all), List.of());
    List<String> lines = mend(1, 2);
    assertEquals(20, lines.size());
    Path file = write("rejected.jsonl", lines);
    Replay.Outcome outcome = replay(file);
    assertEquals(10, outcome.taken());
    assertEquals(0, outcome.before());
    assertEquals(10, outcome.bad());
    assertEquals(2, outcome.version());
    List<Message> with = new ArrayList<>(all);
    for (String line : lines) {
      if (!line.contains("\"raw\": \"{\\\"broken")) {
        int number = Integer.parseInt(line.replaceFirst(".*image.*?(\\d+)\\.png.*", "$1"));
        with.add(
            Streams.message(
                MENDED, with.size() - all.size(), all.get(number).source(), "", good(number)));
      }
    }
    Path plain = temp.resolve("plain");
    Path selected = temp.resolve("selected");
    Manifest compacted = Streams.compact(stream(), 2, plain);
    Manifest batch = Streams.select(with, temp.resolve("annotations"), selected);
    assertEquals(batch.totals(), compacted.totals());
    assertEquals(Streams.data(selected), Streams.data(plain));
    assertEquals(Streams.index(selected), Streams.index(plain));
    assertTrue(OutputFiles.lines(plain, "index").stream().anyMatch(l -> l.contains(":mended\"")));

    // again: nothing changes, and what is bad makes the same file
    Replay.Outcome again = replay(file);
    assertEquals(new Replay.Outcome(0, 10, 10, outcome.badFile(), 2), again);
    assertEquals(1, OutputFiles.list(set().resolve("rejected")).size());
    // what is still bad is mended in the file that it was written to
    Path bad = Path.of(outcome.badFile().orElseThrow());
    List<String> mended = new ArrayList<>();
    for (String line : Files.readAllLines(bad)) {
      int number = Integer.parseInt(line.replaceFirst(".*: (\\d+)\"}$", "$1"));
      mended.add(
          line.replaceFirst("\"raw\": .*", "\"raw\": ") + good(number) + "}"); // as an object
    }
    Replay.Outcome rest = replay(write("more.jsonl", mended), file);
    assertEquals(10, rest.taken());
    assertEquals(20, rest.before());
    assertEquals(0, rest.bad());
    StreamManifest last = stream().manifest(3);
    assertEquals(80, last.totals().records());
    assertEquals(20, last.totals().rejected(), "what was rejected stays on record");
    assertEquals(60, last.totals().ranked());
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void twoAtOnceTakeEachRecordOnce() throws Exception {
    Streams.committer(stream()).commit(Streams.append(set(), messages()), List.of());
    List<String> lines = mend(1, 1);
    List<Path> files =
        List.of(
            write("one.jsonl", lines.subList(0, 14)),
            write("two.jsonl", lines.subList(6, 20)),
            write("three.jsonl", lines.subList(3, 17)));
    ExecutorService threads = Executors.newFixedThreadPool(files.size());
    try {
      List<Future<Replay.Outcome>> runs = new ArrayList<>();
      for (Path file : files) {
        runs.add(threads.submit(() -> replay(file)));
      }
      for (Future<Replay.Outcome> run : runs) {
        assertEquals(14, run.get().taken() + run.get().before());
      }
    } finally {
      threads.shutdown();
    }
    StreamFolder stream = stream();
    assertEquals(80, stream.manifest(stream.latestVersion()).totals().records());
    assertEquals(60, stream.manifest(stream.latestVersion()).totals().ranked());
  }

  /** As it may be when two number the same records, and one of them is not the first. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theOrderOfARecordThatWasDroppedIsNotGivenAgain() throws IOException {
    LogCommitter committer = Streams.committer(stream());
    committer.commit(Streams.append(set(), messages()), List.of());
    List<String> lines = mend(1, 1);
    assertEquals(5, replay(write("first.jsonl", lines.subList(0, 5))).taken());
    Message twice = Streams.message(MENDED, 5, "a.jsonl", id(lines.get(2)) + ":mended", good(2));
    LogCommitter.Outcome dropped =
        Streams.committer(stream())
            .commit(Streams.append(set(), List.of(twice)), List.of())
            .orElseThrow();
    assertEquals(1, dropped.duplicates());
    Replay.Outcome one = replay(write("second.jsonl", lines.subList(4, 6)));
    assertEquals(1, one.taken());
    assertEquals(1, one.before());
  }

  /** Whoever sent it knew the id of a mended record beforehand. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRecordWhoseIdIsTakenIsDroppedForGood() throws IOException {
    LogCommitter committer = Streams.committer(stream());
    committer.commit(Streams.append(set(), messages()), List.of());
    List<String> lines = mend(1, 1);
    Message same = Streams.message(SHARD, 60, "a.jsonl", id(lines.get(0)) + ":mended", good(0));
    committer.commit(Streams.append(set(), List.of(same)), List.of());
    Replay.Outcome outcome = replay(write("all.jsonl", lines));
    assertEquals(19, outcome.taken());
    assertEquals(1, outcome.before());
  }

  private static String id(String rejected) {
    return rejected.replaceFirst("^\\{\"id\": \"([^\"]*)\".*", "$1");
  }

  /** A file's own set is complete: its mended records are a source of their own. */
  @Test
  void ofWholeFilesMendedRecordsAreASourceOfTheirOwn() throws IOException {
    StreamParameters parameters = Streams.ofFiles(new SetShape(1, 1, Compression.NONE));
    StreamFolder stream = new StreamFolder(new LocalStorage(), set().toString());
    stream.open(parameters);
    Path source = temp.resolve("raw/a.jsonl");
    Rollouts.write(source, 40);
    Files.writeString(source, Files.readString(source) + (BROKEN + "\n").repeat(10));
    SourceSet made =
        new FileSelection(new LocalStorage(), stream, parameters, TestRun.TOOL)
            .select(source.toString())
            .orElseThrow();
    new LogCommitter(stream, parameters, TestRun.TOOL).commit(List.of(), List.of(made));
    List<String> mended = new ArrayList<>();
    for (String line : OutputFiles.lines(set().resolve("sources/a.jsonl"), "rejected")) {
      mended.add(line.replaceFirst("\"raw\": .*", "\"raw\": ") + good(mended.size()) + "}");
    }
    Replay replay =
        new Replay(new LocalStorage(), stream, parameters, ImageCheck.NONE, TestRun.TOOL);
    String file = write("mended.jsonl", mended).toString();
    assertEquals(10, replay.run(List.of(file)).taken());
    assertEquals(10, replay.run(List.of(file)).before());
    List<StreamManifest.Group> groups = stream.manifest(2).groups();
    assertEquals(
        List.of("a.jsonl", "a.jsonl:mended"),
        groups.stream().map(StreamManifest.Group::group).toList());
    assertEquals(12, groups.get(0).counts().kept());
    assertEquals(3, groups.get(1).counts().kept());
    Path plain = temp.resolve("plain");
    Streams.compact(stream, 2, plain);
    assertEquals(15, Streams.data(plain).size());
  }

  @Test
  void whatIsNoRejectedRecordIsSaidAndNothingIsTakenIn() throws IOException {
    Streams.committer(stream()).commit(Streams.append(set(), messages()), List.of());
    List<String> lines = new ArrayList<>(mend(1, 1));
    assertRefused("line 3, is not JSON", lines, lines.get(2).substring(9));
    assertRefused("line 3, is no rejected record: it has no id", lines, "{\"raw\": \"{}\"}");
    assertRefused("line 3, is no rejected record: it has nothing", lines, "{\"id\": \"a:1\"}");
    UserException none = assertThrows(UserException.class, () -> replay(set()));
    assertTrue(none.getMessage().startsWith("no rejected records (.jsonl) in"), none.getMessage());
  }

  private void assertRefused(String part, List<String> lines, String third) throws IOException {
    List<String> changed = new ArrayList<>(lines);
    changed.set(2, third);
    Path file = write("changed.jsonl", changed);
    UserException e = assertThrows(UserException.class, () -> replay(file));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, stream().latestVersion());
  }
}
