package io.bisift.core.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One solution whose steps have labels and scores.
 *
 * <p>Labels are {@link #RIGHT}, {@link #NEUTRAL} or {@link #WRONG}; scores are in [0, 1], one for
 * each label.
 */
public final class ScoredItem {
  public static final byte RIGHT = 1;
  public static final byte NEUTRAL = 0;
  public static final byte WRONG = -1;

  private final String source;
  private final byte[] labels;
  private final double[] scores;

  /**
   * @param source where the solution comes from; what is reported per source
   * @throws IllegalArgumentException with a reason for the rejected record, if {@link #defect} has
   *     one
   */
  public ScoredItem(String source, byte[] labels, double[] scores) {
    String defect = defect(labels, scores);
    if (defect != null) {
      throw new IllegalArgumentException(defect);
    }
    this.source = source;
    this.labels = labels.clone();
    this.scores = scores.clone();
    for (int i = 0; i < scores.length; i++) {
      this.scores[i] += 0.0; // a score of -0.0 is 0.0
    }
  }

  /** Why these cannot be an item's, in a few words; null if they can. */
  public static @Nullable String defect(byte[] labels, double[] scores) {
    if (labels.length != scores.length) {
      return scores.length + " scores for " + labels.length + " labels";
    }
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= 0 && scores[i] <= 1)) { // written so that NaN fails too
        return "the score of step " + (i + 1) + " is " + scores[i] + ", not in [0, 1]";
      }
      if (labels[i] < WRONG || labels[i] > RIGHT) {
        return "the label of step " + (i + 1) + " is " + labels[i] + ", not 1, 0 or -1";
      }
    }
    return null;
  }

  public String source() {
    return source;
  }

  /** How many steps, neutral ones included. */
  public int steps() {
    return labels.length;
  }

  public byte label(int step) {
    return labels[step];
  }

  public double score(int step) {
    return scores[step];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ScoredItem item
        && source.equals(item.source)
        && Arrays.equals(labels, item.labels)
        && Arrays.equals(scores, item.scores);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * source.hashCode() + Arrays.hashCode(labels)) + Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    return source + " " + Arrays.toString(labels) + " " + Arrays.toString(scores);
  }
}
