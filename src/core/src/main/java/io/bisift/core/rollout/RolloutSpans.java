package io.bisift.core.rollout;

import io.bisift.core.text.JsonBytes;
import io.bisift.core.text.PythonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where on a line the parts of a training record stand, for records that can be put together by
 * copying. Strings are brought into the form that {@link JsonBytes} writes, so their bytes are
 * copied, and white space around them is left out as Python's {@code strip} does. Not thread-safe.
 */
public final class RolloutSpans {
  /** So many digits are below 2^53, the largest count that is taken. */
  private static final int MAX_COUNT_DIGITS = 15;

  private static final byte[] NOTHING = {};

  private byte[] buffer = NOTHING;
  private boolean usual;
  private boolean allStandard;
  private boolean imageList;
  private final Span question = new Span();
  private final Span questionOrig = new Span();
  private final List<Span> images = new ArrayList<>();
  private final List<StepSpan> steps = new ArrayList<>();
  private int imageCount;
  private int stepCount;

  /** The inside of a string: as it stands on the line or, once rewritten, in other memory. */
  static final class Span {
    private int start;
    private int end;
    private boolean standard;
    private byte[] bytes = NOTHING;

    private void set(byte[] in, int from, int to) {
      bytes = in;
      start = from;
      end = to;
      standard = true;
    }
  }

  /** A step: its text and, if not -1, its counts. */
  static final class StepSpan {
    final Span text = new Span();
    long mcCorrect;
    long mcTotal;
  }

  RolloutSpans() {}

  void start(byte[] line) {
    buffer = line;
    usual = true;
    allStandard = true;
    imageList = false;
    imageCount = 0;
    stepCount = 0;
    question.set(NOTHING, 0, 0);
    questionOrig.set(NOTHING, 0, 0);
  }

  /**
   * Rewrites the strings that are not in the standard form.
   *
   * @return whether all is in its usual form then
   */
  boolean standardize() {
    if (usual && !allStandard) {
      for (int i = 0; i < imageCount; i++) {
        standardize(images.get(i));
      }
      standardize(questionOrig);
      standardize(question);
      for (int i = 0; i < stepCount; i++) {
        standardize(steps.get(i).text);
      }
      allStandard = true;
    }
    return usual;
  }

  /** Undoes all escapes of a string and makes those that the standard form has. */
  private void standardize(Span span) {
    if (span.standard) {
      return;
    }
    JsonBytes out = new JsonBytes();
    int copied = span.start;
    int at = span.start;
    while (at < span.end) {
      if (buffer[at] != '\\') {
        at++;
      } else if (buffer[at + 1] == 'u' || buffer[at + 1] == '/') {
        out.raw(buffer, copied, at);
        int point = codePoint(buffer, at, span.end);
        at += buffer[at + 1] == '/' ? 2 : point >= 0x10000 ? 12 : 6;
        copied = at;
        out.escaped(point);
        usual &= point >= ' ' || (point >= '\b' && point <= '\r' && point != 0x0B);
      } else {
        at += 2;
      }
    }
    out.raw(buffer, copied, span.end);
    span.set(out.buffer(), 0, out.length());
  }

  /** The character of the escape, or pair of escapes, at {@code at}, known to be whole. */
  private static int codePoint(byte[] buffer, int at, int to) {
    char unit = (char) JsonEscape.unit(buffer, at, to);
    return Character.isHighSurrogate(unit)
        ? Character.toCodePoint(unit, (char) JsonEscape.unit(buffer, at + 6, to))
        : unit;
  }

  Span question() {
    return question;
  }

  Span questionOrig() {
    return questionOrig;
  }

  /** The string just skipped is this part. */
  void set(Span span, JsonSkimmer json) {
    span.set(buffer, json.stringStart(), json.stringEnd());
    span.standard = json.isStandardString();
    allStandard &= span.standard;
  }

  void imageList() {
    imageList = true;
  }

  void addImage(JsonSkimmer json) {
    if (imageCount == images.size()) {
      images.add(new Span());
    }
    set(images.get(imageCount++), json);
  }

  StepSpan addStep() {
    if (stepCount == steps.size()) {
      steps.add(new StepSpan());
    }
    StepSpan step = steps.get(stepCount++);
    step.mcCorrect = -1;
    step.mcTotal = -1;
    return step;
  }

  /**
   * The count in {@code [from, to)} of the line; where it has no usual form the line is unusual.
   */
  long count(int from, int to) {
    long count = 0;
    boolean plain = to - from <= MAX_COUNT_DIGITS;
    for (int i = from; i < to && plain; i++) {
      plain = buffer[i] >= '0' && buffer[i] <= '9';
      count = 10 * count + (buffer[i] - '0');
    }
    usual &= plain;
    return plain ? count : -1;
  }

  /** How many pictures the record names. */
  public int imageCount() {
    return imageCount;
  }

  /** The name of a picture. */
  public String image(int index) {
    Span span = images.get(index);
    ByteArrayOutputStream name = new ByteArrayOutputStream(span.end - span.start);
    for (int at = span.start; at < span.end; at++) {
      if (span.bytes[at] == '\\') { // standard strings have escapes of one letter only
        name.write(JsonEscape.unit(span.bytes, at++, span.end));
      } else {
        name.write(span.bytes[at]);
      }
    }
    return name.toString(StandardCharsets.UTF_8);
  }

  /** Appends the pictures as the record has them: one string, or a list. */
  public void appendImages(JsonBytes json) {
    if (imageList) {
      json.raw("[");
    }
    for (int i = 0; i < imageCount; i++) {
      json.raw(i == 0 ? "\"" : ", \"");
      Span image = images.get(i);
      json.raw(image.bytes, image.start, image.end).raw("\"");
    }
    if (imageList) {
      json.raw("]");
    }
  }

  /** Appends the inside of the question. */
  public void appendQuestion(JsonBytes json) {
    appendStripped(questionOrig.start < questionOrig.end ? questionOrig : question, json);
  }

  /** How many steps the record has; each has text and score. */
  public int stepCount() {
    return stepCount;
  }

  /** Appends the inside of a step's text. */
  public void appendStep(int index, JsonBytes json) {
    appendStripped(steps.get(index).text, json);
  }

  /** Words in a step's text, split at white space. */
  public int countWords(int index) {
    Span text = steps.get(index).text;
    return PythonText.countWords(text.bytes, text.start, text.end);
  }

  /** K of a step's score K/N, or -1 if the record does not say. */
  public long mcCorrect(int index) {
    return steps.get(index).mcCorrect;
  }

  /** N of a step's score K/N, or -1 if the record does not say. */
  public long mcTotal(int index) {
    return steps.get(index).mcTotal;
  }

  private void appendStripped(Span span, JsonBytes json) {
    int start = stripStart(span.bytes, span.start, span.end);
    json.raw(span.bytes, start, stripEnd(span.bytes, start, span.end));
  }

  private static int stripStart(byte[] buffer, int from, int to) {
    int start = from;
    while (start < to) {
      int next =
          buffer[start] == '\\' && PythonText.isSpaceEscape(buffer[start + 1])
              ? start + 2
              : PythonText.stripStart(buffer, start, to);
      if (next == start) {
        break;
      }
      start = next;
    }
    return start;
  }

  private static int stripEnd(byte[] buffer, int from, int to) {
    int end = to;
    while (end > from) {
      int next =
          endsInSpaceEscape(buffer, from, end) ? end - 2 : PythonText.stripEnd(buffer, from, end);
      if (next == end) {
        break;
      }
      end = next;
    }
    return end;
  }

  /** Whether the last two bytes are an escape: so they are behind an odd number of backslashes. */
  private static boolean endsInSpaceEscape(byte[] buffer, int from, int end) {
    if (!PythonText.isSpaceEscape(buffer[end - 1])) {
      return false;
    }
    int first = end - 1;
    while (first > from && buffer[first - 1] == '\\') {
      first--;
    }
    return (end - 1 - first) % 2 == 1;
  }
}
