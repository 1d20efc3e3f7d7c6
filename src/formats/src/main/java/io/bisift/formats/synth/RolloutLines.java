package io.bisift.formats.synth;

import io.bisift.core.text.PythonFloat;
import java.nio.charset.StandardCharsets;

/**
 * Writes rollouts as lines of an annotation file, spaced as Python's {@code json.dumps} does. Texts
 * that occur twice are made once and copied. Not thread-safe.
 */
final class RolloutLines {
  private static final byte[] HEAD = ascii("{\"image\": ");
  private static final byte[] PNG = ascii(".png\"");
  private static final byte[] IN_PAIR = ascii("-img");
  private static final byte[] QUESTION =
      ascii(
          ", \"question\": \"<image>\\nYour task is to answer the question below. Give step by step"
              + " reasoning before you answer, and when you're ready to answer, please use the"
              + " format \\\"Final answer: ..\\\"\\n\\nQuestion:\\n\\n");
  private static final byte[] ANSWER = ascii("\", \"answer\": \"");
  private static final byte[] RESPONSE = ascii("\", \"response\": \"");
  private static final byte[] STEPS = ascii("\", \"steps_with_score\": [");
  private static final byte[] STEP = ascii("{\"step\": \"");
  private static final byte[] SCORE = ascii("\", \"score\": ");
  private static final byte[] CORRECT = ascii(", \"num_mc_correct\": ");
  private static final byte[] TOTAL = ascii(", \"num_mc_total\": " + McScores.SEQUENCES + "}, ");
  private static final byte[] LAST_TOTAL = ascii(", \"num_mc_total\": " + McScores.SEQUENCES + "}");
  private static final byte[] SEQUENCES =
      ascii("], \"num_mc_sequences\": " + McScores.SEQUENCES + ", \"question_orig\": \"");
  private static final byte[] TAIL = ascii("\"}\n");
  private static final byte[] NEW_LINE = ascii("\\n");
  private static final byte[] FINAL_ANSWER = ascii("Final answer: ");
  private static final byte[] NUMBERED = ascii(". ");
  private static final byte[][] SCORES = scores();

  private static final int CHOICES = 4;

  /** How many of 20 lines are written with escapes: nearly half, as in published files. */
  private static final int ASCII_OF_20 = 9;

  private static final int MIN_QUESTION_WORDS = 6;
  private static final int MORE_QUESTION_WORDS = 24;

  private static final int MIN_STEP_WORDS = 3;
  private static final double MORE_STEP_WORDS = 23.5;
  private static final int LEVELS = 1 << 10;

  /** Words of a step, by quantile: exponential. */
  private static final int[] STEP_WORDS = stepWords();

  private static final int IMAGE_DIGITS = 7;

  private final SourceFacts source;
  private final byte[] imageFolder;
  private final boolean arbitraryScores;
  private int[] stepStarts = new int[StepCounts.MIN];

  RolloutLines(SourceFacts source, boolean arbitraryScores) {
    this.source = source;
    this.imageFolder =
        ascii(
            source.inPairs()
                ? "images/train-"
                : "VisualPRM400K-v1.1-Raw/" + source.name() + "/images/");
    this.arbitraryScores = arbitraryScores;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[][] scores() {
    byte[][] scores = new byte[McScores.SEQUENCES + 1][];
    for (int k = 0; k < scores.length; k++) {
      scores[k] = ascii(PythonFloat.print((double) k / McScores.SEQUENCES));
    }
    return scores;
  }

  private static int[] stepWords() {
    int[] words = new int[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      double more = -MORE_STEP_WORDS * StrictMath.log((i + 0.5) / LEVELS);
      words[i] = MIN_STEP_WORDS + (int) Math.round(more);
    }
    return words;
  }

  /**
   * Appends the line of a rollout.
   *
   * @param number of the rollout within its source
   * @param scores of the block in which it has the number {@code row}
   * @param texts numbers that decide the texts
   * @param noise numbers that decide scores that are not K/16
   */
  void append(TextBuffer out, long number, BlockScores scores, int row, Draws texts, Draws noise) {
    int steps = scores.steps(row);
    JsonForm form = texts.below(20) < ASCII_OF_20 ? JsonForm.ASCII : JsonForm.UTF8;
    Vocabulary words = Vocabulary.of(form);

    out.append(HEAD);
    appendImage(out, number);
    out.append(QUESTION);
    int question = out.length();
    appendQuestion(out, words, texts);
    int questionEnd = out.length();
    out.append(ANSWER);
    int answer = texts.below(CHOICES);
    out.append((byte) ('A' + answer));

    out.append(RESPONSE);
    if (stepStarts.length <= steps) {
      stepStarts = new int[2 * steps + 1];
    }
    for (int i = 0; i < steps - 1; i++) {
      stepStarts[i] = out.length();
      out.appendNumber(i, 1);
      out.append(NUMBERED);
      words.appendSentence(out, STEP_WORDS[texts.below(LEVELS)], texts);
      out.append(NEW_LINE);
    }
    stepStarts[steps - 1] = out.length();
    out.append(FINAL_ANSWER);
    boolean right = scores.correct(row, steps - 1) > McScores.SEQUENCES / 2;
    int given = right ? answer : (answer + 1 + texts.below(CHOICES - 1)) % CHOICES;
    out.append((byte) ('A' + given));
    stepStarts[steps] = out.length() + NEW_LINE.length;

    out.append(STEPS);
    for (int i = 0; i < steps; i++) {
      out.append(STEP);
      out.appendCopy(stepStarts[i], stepStarts[i + 1] - NEW_LINE.length);
      out.append(SCORE);
      int k = scores.correct(row, i);
      out.append(arbitraryScores ? arbitrary(k, noise) : SCORES[k]);
      out.append(CORRECT);
      out.appendNumber(k, 1);
      out.append(i < steps - 1 ? TOTAL : LAST_TOTAL);
    }
    out.append(SEQUENCES);
    out.appendCopy(question, questionEnd);
    out.append(TAIL);
  }

  private void appendImage(TextBuffer out, long number) {
    if (source.inPairs()) {
      out.append((byte) '[');
      appendPairImage(out, number, (byte) '0');
      out.append((byte) ',');
      out.append((byte) ' ');
      appendPairImage(out, number, (byte) '1');
      out.append((byte) ']');
    } else {
      out.append((byte) '"');
      out.append(imageFolder);
      out.appendNumber(number, IMAGE_DIGITS);
      out.append(PNG);
    }
  }

  private void appendPairImage(TextBuffer out, long number, byte which) {
    out.append((byte) '"');
    out.append(imageFolder);
    out.appendNumber(number, 1);
    out.append(IN_PAIR);
    out.append(which);
    out.append(PNG);
  }

  /** A sentence; every other question has choices on lines of their own. */
  private static void appendQuestion(TextBuffer out, Vocabulary words, Draws texts) {
    words.appendSentence(out, MIN_QUESTION_WORDS + texts.below(MORE_QUESTION_WORDS), texts);
    out.replaceLast((byte) '?');
    if (texts.below(2) == 0) {
      for (int choice = 0; choice < CHOICES; choice++) {
        out.append(NEW_LINE);
        out.append((byte) ('A' + choice));
        out.append(NUMBERED);
        words.appendSentence(out, 2, texts);
      }
    }
  }

  /** A double near K/16 in (0, 1]; a wrong step stays at 0. */
  private static byte[] arbitrary(int k, Draws noise) {
    double unit = noise.unit();
    double score =
        switch (k) {
          case 0 -> 0.0;
          case McScores.SEQUENCES -> 1 - unit / (McScores.SEQUENCES * McScores.SEQUENCES);
          default -> (k + unit - 0.5) / McScores.SEQUENCES;
        };
    return ascii(PythonFloat.print(score));
  }
}
