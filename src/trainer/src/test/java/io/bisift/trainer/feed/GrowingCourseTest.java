package io.bisift.trainer.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.trainer.data.BadRecordException;
import io.bisift.trainer.data.GrowingSets;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.data.TrainingSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version n has 12 n records in epochs of 3 n updates. */
class GrowingCourseTest {
  private static final EpochOrder ORDER = new EpochOrder(5, 4, 1);
  private static final long UPDATES = 40;

  @TempDir Path temp;
  private GrowingSets sets;

  @BeforeEach
  void make() throws IOException {
    sets = new GrowingSets(temp.resolve("set"), 40);
    sets.grow(40);
  }

  private Path record(String run) {
    return temp.resolve(run).resolve(VersionRecord.NAME);
  }

  private VersionChoice choice(String run, Path other, long first) throws IOException {
    Files.createDirectories(temp.resolve(run));
    return new VersionChoice(
        sets.open(temp.resolve("cache")), VersionRecord.open(record(run)), other, first);
  }

  private GrowingCourse course(String run, String follow, long from) throws IOException {
    return course(choice(run, null, 0), follow, from);
  }

  private static GrowingCourse course(VersionChoice choice, String follow, long from) {
    return new GrowingCourse(choice, GrowingCourseTest::loader, ORDER, Follow.of(follow), from);
  }

  private static SampleLoader loader(TrainingSet set) {
    return new SampleLoader(
        set,
        new LocalStorage(),
        "",
        LabelSource.STORED,
        0,
        (text, steps, images) -> {
          throw new BadRecordException("not encoded here");
        });
  }

  /** The ids of an update's records. */
  private static List<String> batch(Course course, long update) {
    Course.Batch batch = course.batch(update);
    course.reached(update);
    return IntStream.range(0, batch.size())
        .mapToObj(at -> batch.loader().set().id(batch.record(at)))
        .toList();
  }

  /** Ids of all updates of a run in whose course the set grows. */
  private List<List<String>> run(String run, String follow) throws IOException {
    List<List<String>> updates = new ArrayList<>();
    try (GrowingCourse course = course(run, follow, 0)) {
      for (long update = 0; update < UPDATES; update++) {
        updates.add(batch(course, update));
        if (update == 4 || update == 5 || update == 20) {
          sets.grow(40);
        }
      }
    }
    return updates;
  }

  private List<Long> versions(String run) {
    return VersionRecord.read(record(run)).stream().map(VersionRecord.Line::version).toList();
  }

  @Test
  void anEpochEndsBeforeTheNewestVersionIsTakenUp() throws IOException {
    List<List<String>> updates = run("run", "epoch");
    // two epochs of version 1, then two of version 3, with nine updates each, then version 4
    assertEquals(List.of(1L, 1L, 3L, 3L, 4L, 4L), versions("run"));
    assertEquals(
        List.of(0L, 3L, 6L, 15L, 24L, 36L),
        VersionRecord.read(record("run")).stream().map(VersionRecord.Line::update).toList());
    Set<String> first = ids(updates, 0, 3);
    assertEquals(12, first.size());
    assertEquals(first, ids(updates, 3, 6));
    Set<String> third = ids(updates, 6, 15);
    assertEquals(36, third.size());
    assertFalse(third.containsAll(first), "no record fell below the cut");
  }

  private static Set<String> ids(List<List<String>> updates, int from, int to) {
    Set<String> ids = new HashSet<>();
    updates.subList(from, to).forEach(ids::addAll);
    return ids;
  }

  @Test
  void afterSoManyUpdatesAnEpochIsLeftOnlyForANewerVersion() throws IOException {
    List<List<String>> updates = run("run", "10");
    assertEquals(List.of(1L, 3L, 3L, 4L), versions("run"));
    assertEquals(12, ids(updates, 0, 3).size());
    assertEquals(12, ids(updates, 0, 10).size());
    assertEquals(36, ids(updates, 10, 19).size(), "an epoch that goes on over the look at 20");
    assertEquals(36, ids(updates, 19, 28).size());
    assertEquals(40, ids(updates, 30, 40).size(), "four an update, none twice in an epoch");
  }

  @Test
  void aRunThatIsTakenUpGoesByItsRecordWhateverIsTheNewest() throws IOException {
    for (String follow : List.of("epoch", "7", "never")) {
      List<List<String>> updates = run(follow, follow);
      for (long from = 0; from < UPDATES; from += 3) {
        try (GrowingCourse again = course(follow, follow, from)) {
          for (long update = from; update < UPDATES; update++) {
            assertEquals(updates.get((int) update), batch(again, update), follow + " " + update);
          }
        }
      }
      try (GrowingCourse repeated =
          course(choice("again-" + follow, record(follow), 0), follow, 0)) {
        for (long update = 0; update < UPDATES; update++) {
          assertEquals(updates.get((int) update), batch(repeated, update));
        }
      }
      assertEquals(-1, Files.mismatch(record(follow), record("again-" + follow)));
    }
  }

  @Test
  void neverStaysWithTheVersionItBeganWith() throws IOException {
    sets.grow(40);
    sets.grow(40);
    try (GrowingCourse course = course(choice("run", null, 2), "never", 0)) {
      for (long update = 0; update < UPDATES; update++) {
        course.batch(update);
      }
    }
    assertEquals(List.of(2L), versions("run"));
  }

  @Test
  void aLineThatAKillCutIsNone() throws IOException {
    List<List<String>> updates = run("run", "epoch");
    byte[] whole = Files.readAllBytes(record("run"));
    Files.write(record("run"), Arrays.copyOf(whole, whole.length - 9));
    try (GrowingCourse again = course("run", "epoch", 35)) {
      assertEquals(updates.get(35), batch(again, 35));
      assertEquals(updates.get(36), batch(again, 36));
    }
    assertEquals(-1, Files.mismatch(record("run"), Files.write(temp.resolve("whole"), whole)));
  }

  @Test
  void whatDoesNotFitIsSaid() throws IOException {
    run("run", "epoch");
    assertSaid("has no version 9 yet; the newest is 4", () -> choice("other", null, 9));
    assertSaid(
        "has a look for a newer version at update 3, this run has one at 5",
        () -> {
          try (GrowingCourse course = course(choice("other", record("run"), 0), "5", 0)) {
            batch(course, 5);
          }
        });
    run("later", "epoch");
    assertSaid("has taken up other versions than", () -> choice("later", record("run"), 0));
    Path manifest = temp.resolve("set/manifests/0000000003.json");
    String was = Files.readString(manifest);
    Files.writeString(manifest, was.replace("\"tool\"", "\"tool\" "));
    assertSaid(
        "is another one than",
        () -> {
          try (GrowingCourse course = course("run", "epoch", 7)) {
            batch(course, 7);
          }
        });
    Files.delete(record("run"));
    assertSaid(
        "does not say what was trained on from update 0 on",
        () -> {
          try (GrowingCourse course = course("run", "epoch", 7)) {
            batch(course, 7);
          }
        });
  }

  private static void assertSaid(String part, org.junit.jupiter.api.function.Executable made) {
    UserException e = assertThrows(UserException.class, made);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void copiesOfVersionsAreGoneWithThem() throws IOException {
    run("run", "epoch");
    try (var left = Files.list(temp.resolve("cache"))) {
      assertEquals(List.of(), left.toList());
    }
    Files.writeString(temp.resolve("cache/version-7.data"), "of a process that was killed");
    sets.open(temp.resolve("cache"));
    assertFalse(Files.exists(temp.resolve("cache/version-7.data")));
  }
}
