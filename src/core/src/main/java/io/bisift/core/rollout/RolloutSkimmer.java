package io.bisift.core.rollout;

import io.bisift.core.rollout.JsonSkimmer.Unsure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

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
  private static final byte[] MC_CORRECT = ascii("num_mc_correct");
  private static final byte[] MC_TOTAL = ascii("num_mc_total");

  private final JsonSkimmer json = new JsonSkimmer();
  private double[] scores = new double[64];
  private int scoreCount;
  private boolean writable;
  private final RolloutSpans spans = new RolloutSpans();

  /** Looks at {@code buffer[from, to)}, a line without its terminator. */
  public Answer skim(byte[] buffer, int from, int to) {
    json.start(buffer, from, to);
    scoreCount = 0;
    writable = true;
    spans.start(buffer);
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

  /**
   * Where on a ranked line the parts of its training record stand, if the record can be put
   * together by copying them: the line {@link #isWritable} and everything on it is in its usual
   * form. Good until the next line.
   */
  public Optional<RolloutSpans> spans() {
    return writable && spans.standardize() ? Optional.of(spans) : Optional.empty();
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
        skimQuestion(spans.question());
      } else if (json.isNamed(QUESTION_ORIG)) {
        questionOrig = first(questionOrig);
        skimQuestion(spans.questionOrig());
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
        spans.addImage(json);
      }
      case '[' -> {
        boolean any = false;
        spans.imageList();
        for (boolean more = json.enter(']'); more; more = json.more(']')) {
          any = true;
          writable &= json.peek() == '"';
          json.skipValue();
          spans.addImage(json);
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
  private void skimQuestion(RolloutSpans.Span span) throws Unsure {
    byte first = json.peek();
    json.skipValue();
    writable &= first == '"' || first == 'n';
    if (first == '"') {
      spans.set(span, json);
    }
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
    boolean correct = false;
    boolean total = false;
    RolloutSpans.StepSpan span = spans.addStep();
    for (boolean more = json.enter('}'); more; more = json.more('}')) {
      json.readName();
      if (json.isNamed(STEP)) {
        step = first(step);
        skimText(span);
      } else if (json.isNamed(SCORE)) {
        score = first(score);
        addScore(json.readUnsigned());
      } else if (json.isNamed(MC_CORRECT)) {
        correct = first(correct);
        span.mcCorrect = skimCount();
      } else if (json.isNamed(MC_TOTAL)) {
        total = first(total);
        span.mcTotal = skimCount();
      } else {
        json.skipValue();
      }
    }
    writable &= step && score;
  }

  /** A count as it usually stands, or -1 for null; anything else makes the line unusual. */
  private long skimCount() throws Unsure {
    int start = json.position();
    byte first = json.peek();
    json.skipValue();
    return first == 'n' ? -1 : spans.count(start, json.position());
  }

  private void skimText(RolloutSpans.StepSpan span) throws Unsure {
    if (json.peek() == '"') {
      json.skipString();
      writable &= !json.isBlankString();
      spans.set(span.text, json);
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
