package io.bisift.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.stats.LabelStatistics.Summary;
import io.bisift.core.training.TrainingRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelStatisticsTest {
  private static Step step(@Nullable String text, @Nullable Double score) {
    return new Step(text, score, null, null);
  }

  private static void addRollout(LabelStatistics statistics, Step... steps) {
    Rollout rollout = new Rollout(Images.one("i"), "q", List.of(steps));
    statistics.add(rollout, RolloutScore.of(rollout));
  }

  private static void addRecord(LabelStatistics statistics, Step... steps) {
    List<Double> labels = Collections.nCopies(steps.length, 1.0);
    statistics.add(new TrainingRecord(Images.one("i"), "q", List.of(steps), labels));
  }

  @Test
  void describesTrainingRecords() {
    LabelStatistics statistics = new LabelStatistics();
    addRecord(statistics, step("two words", 1.0), step("one", 0.0), step("a\u3000b\tc", 0.5));
    addRecord(statistics, step("x", 0.25));
    assertEquals(new Summary(2, 4, 2.0, 1.75, 0.25, 0.4375, 0.5), statistics.summary());
  }

  @Test
  void describesRolloutsByTheirScoresAlone() {
    LabelStatistics statistics = new LabelStatistics();
    addRollout(statistics, step("two words", 1.0), step(null, -0.0), step("x", null));
    addRollout(statistics, step(null, 0.0));
    addRollout(statistics, step(null, 0.5));
    addRollout(statistics, step(null, 0.5));
    assertEquals(new Summary(4, 5, 1.25, null, 0.4, 0.4, 0.25), statistics.summary());
  }

  @Test
  void takesBareScoresAsItTakesRollouts() {
    LabelStatistics statistics = new LabelStatistics();
    double[] scores = {1.0, -0.0, 0.5, 0.5};
    statistics.add(scores, RolloutScore.of(scores, 2));
    statistics.add(scores, RolloutScore.of(scores, 1));
    LabelStatistics expected = new LabelStatistics();
    addRollout(expected, step("two words", 1.0), step(null, -0.0), step("x", null));
    addRollout(expected, step("x", 1.0));
    assertEquals(expected.summary(), statistics.summary());
    assertEquals(new Summary(2, 3, 1.5, null, 1 / 3.0, 2 / 3.0, 0.5), statistics.summary());
  }

  @Test
  void wordsAreUnknownOnceOneTextWasNotRead() {
    LabelStatistics read = new LabelStatistics();
    addRecord(read, step("two words", 1.0));
    LabelStatistics unread = new LabelStatistics();
    addRollout(unread, step(null, 1.0));
    read.add(unread);
    assertEquals(new Summary(2, 2, 1.0, null, 0.0, 1.0, 0.0), read.summary());
  }

  @Test
  void nothingIsAllZeros() {
    assertEquals(new Summary(0, 0, 0, 0.0, 0, 0, 0), new LabelStatistics().summary());
  }

  @Property(tries = 300)
  void neitherOrderNorBundlingShows(
      @ForAll @Size(max = 30)
          List<@Size(min = 1, max = 5) List<@DoubleRange(max = 1) Double>> records,
      @ForAll long seed)
      throws IOException {
    LabelStatistics inOrder = new LabelStatistics();
    records.forEach(scores -> addScores(inOrder, scores));

    List<List<Double>> shuffled = new ArrayList<>(records);
    Random random = new Random(seed);
    Collections.shuffle(shuffled, random);
    List<LabelStatistics> parts =
        List.of(new LabelStatistics(), new LabelStatistics(), new LabelStatistics());
    shuffled.forEach(scores -> addScores(parts.get(random.nextInt(3)), scores));
    LabelStatistics bundled = new LabelStatistics();
    for (LabelStatistics part : parts) {
      bundled.add(copy(part));
    }
    assertEquals(inOrder.summary(), bundled.summary());
  }

  private static void addScores(LabelStatistics statistics, List<Double> scores) {
    addRecord(
        statistics, scores.stream().map(score -> step("s " + score, score)).toArray(Step[]::new));
  }

  private static LabelStatistics copy(LabelStatistics statistics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    LabelStatistics.write(statistics, new DataOutputStream(bytes));
    return LabelStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    LabelStatistics statistics = new LabelStatistics();
    addRecord(statistics, step("two words", 0.3), step("one", 0.0));
    assertEquals(statistics.summary(), copy(statistics).summary());
    addRollout(statistics, step(null, 1.0));
    assertEquals(statistics.summary(), copy(statistics).summary());
  }
}
