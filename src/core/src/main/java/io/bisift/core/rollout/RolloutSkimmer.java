package io.bisift.core.rollout;

import io.bisift.core.rollout.JsonSkimmer.Unsure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tells of a line what a first pass needs to know, at many times the speed of a full parse: whether
 * it can be ranked, and by which scores.
 *
 * <p>It never disagrees with {@link RolloutParser}: where it answers, the whole line was checked,
 * and the parser finds the same. It answers for usual lines only; for all others (broken lines,
 * records that cannot be ranked, escapes in names, a used field that occurs twice, scores that are
 * no plain numbers, …) the answer is {@link Answer#UNSURE}, and the parser must be asked.
 *
 * <p>Allocates nothing for usual lines. Not thread-safe: one for each thread.
 */
public final class RolloutSkimmer {
  /** What the skimmer knows of a line. */
  public enum Answer {
    /** No record: {@link RolloutParser#parse(byte[], int, int)} gives null. */
    BLANK,
    /** A record that can be ranked: the parser gives a rollout that has these scores. */
    RANKED,
    /** Anything: only the parser can tell. */
    UNSURE
  }

  private static final byte[] IMAGE = ascii("image");
  private static final byte[] QUESTION = ascii("question");
  private static final byte[] QUESTION_ORIG = ascii("question_orig");
  private static final byte[] STEPS = ascii("steps_with_score");
  private static final byte[] STEP = ascii("step");
  private static final byte[] SCORE = ascii("score");

  private final JsonSkimmer json = new JsonSkimmer();
  private double[] scores = new double[64];
  private int scoreCount;
  private boolean writable;

  /** Looks at {@code buffer[from, to)}, a line without its terminator. */
  public Answer skim(byte[] buffer, int from, int to) {
    json.start(buffer, from, to);
    scoreCount = 0;
    writable = true;
    try {
      if (json.peek() == '{') {
        skimRecord();
        json.finish();
        writable &= !json.hasLoneSurrogate();
        return Answer.RANKED;
      }
      json.finish();
      return Answer.BLANK;
    } catch (Unsure e) {
      return Answer.UNSURE;
    }
  }

  /**
   * The scores of a ranked line's steps, in order, bit by bit those of the full parse; steps
   * without one left out. Only the first {@link #scoreCount} are meant, and only until the next
   * line.
   */
  public double[] scores() {
    return scores;
  }

  /** How many steps of a ranked line have a score; at least 1. */
  public int scoreCount() {
    return scoreCount;
  }

  /**
   * Whether a training record can be made of a ranked line for certain, pictures unseen: it has an
   * image and a question, every step has text and score, and UTF-8 can hold all of it. Where this
   * is false it may still be possible.
   */
  public boolean isWritable() {
    return writable;
  }

  private void skimRecord() throws Unsure {
    boolean image = false;
    boolean question = false;
    boolean questionOrig = false;
    boolean steps = false;
    for (boolean more = json.enter('}'); more; more = json.more('}')) {
      json.readName();
      if (json.isNamed(STEPS)) {
        steps = first(steps);
        skimSteps();
      } else if (json.isNamed(IMAGE)) {
        image = first(image);
        skimImage();
      } else if (json.isNamed(QUESTION)) {
        question = first(question);
        skimQuestion();
      } else if (json.isNamed(QUESTION_ORIG)) {
        questionOrig = first(questionOrig);
        skimQuestion();
      } else {
        json.skipValue();
      }
    }
    writable &= image;
    if (scoreCount == 0) {
      throw new Unsure();
    }
  }

  /** Of equal names the last one counts, but this has looked at the first. */
  private static boolean first(boolean seen) throws Unsure {
    if (seen) {
      throw new Unsure();
    }
    return true;
  }

  private void skimImage() throws Unsure {
    switch (json.peek()) {
      case '"' -> {
        json.skipString();
        writable &= !json.isEmptyString();
      }
      case '[' -> {
        boolean any = false;
        for (boolean more = json.enter(']'); more; more = json.more(']')) {
          any = true;
          writable &= json.peek() == '"';
          json.skipValue();
        }
        writable &= any;
      }
      default -> {
        json.skipValue();
        writable = false;
      }
    }
  }

  /** A question that is missing, null or empty is an empty one in the end, or the other one. */
  private void skimQuestion() throws Unsure {
    byte first = json.peek();
    json.skipValue();
    writable &= first == '"' || first == 'n';
  }

  private void skimSteps() throws Unsure {
    requireNext('[');
    for (boolean more = json.enter(']'); more; more = json.more(']')) {
      requireNext('{');
      skimStep();
    }
  }

  private void requireNext(char expected) throws Unsure {
    if (json.peek() != expected) {
      throw new Unsure();
    }
  }

  private void skimStep() throws Unsure {
    boolean step = false;
    boolean score = false;
    for (boolean more = json.enter('}'); more; more = json.more('}')) {
      json.readName();
      if (json.isNamed(STEP)) {
        step = first(step);
        skimText();
      } else if (json.isNamed(SCORE)) {
        score = first(score);
        addScore(json.readUnsigned());
      } else {
        json.skipValue();
      }
    }
    writable &= step && score;
  }

  private void skimText() throws Unsure {
    if (json.peek() == '"') {
      json.skipString();
      writable &= !json.isBlankString();
    } else {
      json.skipValue();
      writable = false;
    }
  }

  private void addScore(double score) throws Unsure {
    if (!(score <= 1)) {
      throw new Unsure();
    }
    if (scoreCount == scores.length) {
      scores = Arrays.copyOf(scores, 2 * scoreCount);
    }
    scores[scoreCount++] = score;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
