package io.bisift.core.stats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.PythonText;
import io.bisift.core.training.TrainingRecord;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a set of rollouts looks like to a trainer (tables 1 and 8 of arXiv:2602.04145): sizes, share
 * of wrong steps, mean Monte Carlo score, share of mixed rollouts. A mutable accumulator; adding is
 * exact, so any order and bundling gives the same numbers. Not thread-safe.
 */
public final class LabelStatistics {
  /**
   * The finished numbers, as they stand in the manifest.
   *
   * @param rollouts how many rollouts
   * @param steps how many of their steps have a score
   * @param stepsPerRollout mean number of such steps
   * @param wordsPerStep mean number of words, split at white space; null where texts were not read
   * @param errorStepRatio share of steps whose score is 0
   * @param meanMcScore mean score over steps
   * @param mixedRatio share of rollouts with right and wrong steps
   */
  public record Summary(
      long rollouts,
      long steps,
      double stepsPerRollout,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double wordsPerStep,
      double errorStepRatio,
      double meanMcScore,
      double mixedRatio) {}

  private long rollouts;
  private long steps;
  private long errorSteps;
  private long mixed;
  private long words;
  private boolean wordsCounted = true;
  private final ExactSum scores = new ExactSum();

  /** Adds a rollout by its scores alone; words are unknown from then on. */
  public void add(Rollout rollout, RolloutScore score) {
    addScores(rollout.steps(), score.mixed());
    wordsCounted = false;
  }

  /**
   * Adds a rollout by its scores alone, the first {@code score.n()} of {@code stepScores}; words
   * are unknown from then on.
   */
  public void add(double[] stepScores, RolloutScore score) {
    add(stepScores, score, /* moreWords= */ 0);
    wordsCounted = false;
  }

  /**
   * Adds a rollout as it is trained on.
   *
   * @param stepScores its scores, the first {@code score.n()} of them
   * @param moreWords words of its steps
   */
  public void add(double[] stepScores, RolloutScore score, long moreWords) {
    addRollout(score.mixed());
    for (int i = 0; i < score.n(); i++) {
      addScore(stepScores[i]);
    }
    words += moreWords;
  }

  /** Adds a rollout as it is trained on. */
  public void add(TrainingRecord record) {
    int positive = 0;
    for (Step step : record.steps()) {
      Double score = step.score();
      String text = step.text();
      if (score != null && score > 0) {
        positive++;
      }
      if (text != null) {
        words += PythonText.countWords(text);
      }
    }
    addScores(record.steps(), positive > 0 && positive < record.steps().size());
  }

  private void addScores(List<Step> scored, boolean isMixed) {
    addRollout(isMixed);
    for (Step step : scored) {
      Double score = step.score();
      if (score != null) {
        addScore(score);
      }
    }
  }

  private void addRollout(boolean isMixed) {
    rollouts++;
    if (isMixed) {
      mixed++;
    }
  }

  private void addScore(double score) {
    steps++;
    scores.add(score);
    if (score == 0) {
      errorSteps++;
    }
  }

  public void add(LabelStatistics other) {
    rollouts += other.rollouts;
    steps += other.steps;
    errorSteps += other.errorSteps;
    mixed += other.mixed;
    words += other.words;
    wordsCounted &= other.wordsCounted;
    scores.add(other.scores);
  }

  /** Adds what others say of scores; words are unknown from then on. */
  public void addScores(LabelStatistics other) {
    add(other);
    wordsCounted = false;
  }

  /**
   * Statistics from finished numbers: counts are exact, the sum of the scores is that of the mean,
   * which was rounded.
   */
  public static LabelStatistics of(Summary summary) {
    LabelStatistics statistics = new LabelStatistics();
    statistics.rollouts = summary.rollouts;
    statistics.steps = summary.steps;
    statistics.errorSteps = Math.round(summary.errorStepRatio * summary.steps);
    statistics.mixed = Math.round(summary.mixedRatio * summary.rollouts);
    statistics.wordsCounted = summary.wordsPerStep != null;
    if (summary.wordsPerStep != null) {
      statistics.words = Math.round(summary.wordsPerStep * summary.steps);
    }
    statistics.scores.add(summary.meanMcScore, summary.steps);
    return statistics;
  }

  public Summary summary() {
    return new Summary(
        rollouts,
        steps,
        ratio(steps, rollouts),
        wordsCounted ? ratio(words, steps) : null,
        ratio(errorSteps, steps),
        scores.mean(steps),
        ratio(mixed, rollouts));
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  public static void write(LabelStatistics statistics, DataOutput out) throws IOException {
    Wire.writeLong(statistics.rollouts, out);
    Wire.writeLong(statistics.steps, out);
    Wire.writeLong(statistics.errorSteps, out);
    Wire.writeLong(statistics.mixed, out);
    Wire.writeLong(statistics.words, out);
    out.writeBoolean(statistics.wordsCounted);
    ExactSum.write(statistics.scores, out);
  }

  public static LabelStatistics read(DataInput in) throws IOException {
    LabelStatistics statistics = new LabelStatistics();
    statistics.rollouts = Wire.readLong(in);
    statistics.steps = Wire.readLong(in);
    statistics.errorSteps = Wire.readLong(in);
    statistics.mixed = Wire.readLong(in);
    statistics.words = Wire.readLong(in);
    statistics.wordsCounted = in.readBoolean();
    statistics.scores.add(ExactSum.read(in));
    return statistics;
  }
}
