package io.bisift.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingSetTest {
  private static final List<List<Sets.Line>> SHARDS =
      List.of(
          List.of(Sets.line(1, "a.png", "one?", 1, 0), Sets.line(2, "b.png", "två?", 0.25)),
          List.of(),
          List.of(Sets.line(9, "c.png", "three?", 0, 1, 0.5)));

  @TempDir Path temp;

  private TrainingSet open(Path folder) {
    return TrainingSet.open(new LocalStorage(), folder.toString(), temp.resolve("cache"));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void readsRecordsWhereTheyLie(Compression compression) throws Exception {
    Path folder = Sets.write(temp.resolve("set"), compression, SHARDS);
    try (TrainingSet set = open(folder)) {
      assertEquals(3, set.size());
      Example last = set.read(2, LabelSource.STORED, 0);
      Example first = set.read(0, LabelSource.STORED, 0);
      assertEquals("source.jsonl:9", last.id());
      assertEquals(List.of("c.png"), last.images());
      assertEquals(
          "Question: three?\nProcess: step 0<prm>\n\nstep 1<prm>\n\nstep 2<prm>", last.text());
      assertEquals(new StepTarget(0.5, 8, 16), last.targets().get(2));
      assertTrue(first.text().contains("one?"));
      assertTrue(set.read(1, LabelSource.STORED, 0).text().contains("två?"));
    }
    try (Stream<Path> left = Files.list(Files.createDirectories(temp.resolve("cache")))) {
      assertEquals(0, left.count(), "copies are gone when the set is closed");
    }
  }

  @Test
  void takesLabelsFromTheIndex() throws Exception {
    Path folder = Sets.write(temp.resolve("set"), Compression.NONE, SHARDS);
    try (TrainingSet set = open(folder)) {
      assertEquals(1, set.read(1, LabelSource.HARD, 0).targets().get(0).label());
      assertEquals(0, set.read(1, LabelSource.HARD, 0.25).targets().get(0).label());
      assertEquals(0.25, set.read(1, LabelSource.SOFT, 0).targets().get(0).label());
      assertEquals(
          new StepTarget(0.25, 4, 16), set.read(1, LabelSource.COUNTS, 0).targets().get(0));
    }
  }

  @Test
  void refusesLabelsThatTheIndexDoesNotHave() throws Exception {
    Sets.Line line = Sets.line(1, "a.png", "q", 1);
    Sets.Line without = new Sets.Line(line.record(), line.index().replace("16]", "null]"));
    Path folder = Sets.write(temp.resolve("set"), Compression.NONE, List.of(List.of(without)));
    try (TrainingSet set = open(folder)) {
      assertThrows(BadRecordException.class, () -> set.read(0, LabelSource.SOFT, 0));
      assertEquals(1, set.read(0, LabelSource.STORED, 0).targets().get(0).label());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void tellsADamagedShard(Compression compression) throws Exception {
    Path folder = Sets.write(temp.resolve("set"), compression, SHARDS);
    Path shard = shard(folder, "data");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    UserException flipped = assertThrows(UserException.class, () -> open(folder));
    assertTrue(flipped.getMessage().contains("damaged"), flipped.getMessage());
    Files.write(shard, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    UserException cut = assertThrows(UserException.class, () -> open(folder));
    assertTrue(cut.getMessage().contains("damaged"), cut.getMessage());
    Files.delete(shard);
    UserException missing = assertThrows(UserException.class, () -> open(folder));
    assertTrue(missing.getMessage().contains("missing"), missing.getMessage());
  }

  @Test
  void tellsADamagedIndexAndAnUnfinishedSet() throws Exception {
    Path folder = Sets.write(temp.resolve("set"), Compression.NONE, SHARDS);
    Path index = shard(folder, "index");
    Files.writeString(index, Files.readString(index).replace("source", "sauce!"));
    assertThrows(UserException.class, () -> open(folder));
    Files.delete(folder.resolve("manifest.json"));
    UserException unfinished = assertThrows(UserException.class, () -> open(folder));
    assertTrue(unfinished.getMessage().contains("complete"), unfinished.getMessage());
  }

  @Test
  void tellsAShardThatChangesUnderARun() throws Exception {
    Path folder = Sets.write(temp.resolve("set"), Compression.NONE, SHARDS);
    try (TrainingSet set = open(folder)) {
      Path shard = shard(folder, "data");
      Files.writeString(shard, Files.readString(shard).replace("one?", "uno?"));
      UserException changed =
          assertThrows(UserException.class, () -> set.read(0, LabelSource.STORED, 0));
      assertTrue(changed.getMessage().contains("changed"), changed.getMessage());
    }
  }

  @Test
  void rejectsWhatIsNoTrainingRecord() throws Exception {
    Sets.Line good = Sets.line(1, "a.png", "q", 1, 0);
    List<Sets.Line> bad = new ArrayList<>();
    for (String record :
        List.of(
            "[]",
            good.record().replace("1.0, 0.0", ""),
            good.record().replace("1.0, 0.0", "1.0, 2.0"),
            good.record().replace("human", "person"),
            "{\"image\": 3}")) {
      bad.add(new Sets.Line(record, good.index()));
    }
    Path folder = Sets.write(temp.resolve("set"), Compression.NONE, List.of(bad));
    try (TrainingSet set = open(folder)) {
      for (int i = 0; i < bad.size(); i++) {
        int record = i;
        assertThrows(BadRecordException.class, () -> set.read(record, LabelSource.STORED, 0));
      }
      assertEquals("source.jsonl:1", set.id(0));
    }
  }

  private static Path shard(Path folder, String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(kind))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
