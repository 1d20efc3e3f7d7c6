package io.bisift.formats.synth;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Words, ready to be strung together: one in a hundred has the odd characters of real solutions.
 * There are so many slots that a few bits of a random number choose one.
 */
final class Vocabulary {
  private static final int SLOT_BITS = 12;
  private static final int SLOTS = 1 << SLOT_BITS;
  private static final int SLOTS_PER_DRAW = Long.SIZE / SLOT_BITS;
  private static final int ODD_SLOTS = SLOTS / 100;

  private static final List<String> PLAIN =
      List.of(
          """
          a about above all along also an and angle answer approximately are area as at average axis
          bar base because below between blue both bottom by calculate can category center chart
          choice circle color column compare compute contains corresponds counting data decrease
          degrees determine diagonal diagram difference distance divided does each edge equal equals
          equation exactly figure final find first five following for formula four from function
          given graph greater green has have height hence highest horizontal identify image in
          increase indicates intercept interior is it label large largest left legend length less
          line listed lowest maximum means measure middle midpoint minus more multiply need next not
          number object of on one only option or other over parallel per percent percentage
          perpendicular plus point product proportion quarter radius ratio read rectangle red region
          represents right row same second segment shape shown shows side similar since size slope
          small so solve square step subtract sum table tangent that the their then there therefore
          these they third this three times to top total triangle two types under unit using value
          vertex vertical visible volume we where which width with year yellow zero
          """
              .strip()
              .split("\\s+"));

  private static final List<String> ODD =
      List.of(
          "≈ 3.14",
          "90°",
          "3 × 4",
          "π/2",
          "∠ABC",
          "√3",
          "x² + 1",
          "∴",
          "ΔABC",
          "Δy/Δx",
          "≤ 7",
          "½",
          "naïve",
          "“so”",
          "答案",
          "面积",
          "😀",
          "\"quoted\"",
          "$\\sqrt{2}$",
          "\\(\\frac{a}{b}\\)",
          "$\\angle ABC = 60^\\circ$",
          "tab\there",
          "5\u00a0cm",
          "a/b",
          "<image>",
          "{x | x > 0}",
          "[0, 1],");

  private static final Vocabulary ASCII = new Vocabulary(JsonForm.ASCII);
  private static final Vocabulary UTF8 = new Vocabulary(JsonForm.UTF8);

  /** Each word with the space behind it. */
  private final byte[][] words = new byte[SLOTS][];

  private final long[] low = new long[SLOTS];
  private final long[] high = new long[SLOTS];
  private final byte[][] capitalized = new byte[SLOTS][];
  private final int longest;

  private Vocabulary(JsonForm form) {
    List<String> slots = new ArrayList<>(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      slots.add(i < ODD_SLOTS ? ODD.get(i % ODD.size()) : PLAIN.get(i % PLAIN.size()));
    }
    int max = TextBuffer.SHORT;
    for (int i = 0; i < SLOTS; i++) {
      String word = slots.get(i);
      words[i] = form.encode(word + " ");
      String first = i < ODD_SLOTS ? word : word.substring(0, 1).toUpperCase(Locale.ROOT);
      capitalized[i] = form.encode(i < ODD_SLOTS ? word + " " : first + word.substring(1) + " ");
      ByteBuffer padded =
          ByteBuffer.wrap(Arrays.copyOf(words[i], TextBuffer.SHORT)).order(ByteOrder.LITTLE_ENDIAN);
      low[i] = padded.getLong();
      high[i] = padded.getLong();
      max = Math.max(max, words[i].length);
    }
    longest = max;
  }

  static Vocabulary of(JsonForm form) {
    return form == JsonForm.ASCII ? ASCII : UTF8;
  }

  /** Appends a sentence of at least two words, in JSON. */
  void appendSentence(TextBuffer out, int count, Draws draws) {
    out.reserve((count + 2) * longest);
    out.append(capitalized[draws.below(SLOTS)]);
    int left = count - 1;
    while (left > 0) {
      long bits = draws.bits();
      for (int i = Math.min(left, SLOTS_PER_DRAW); i > 0; i--) {
        int slot = (int) (bits & (SLOTS - 1));
        bits >>>= SLOT_BITS;
        byte[] word = words[slot];
        if (word.length <= TextBuffer.SHORT) {
          out.appendShort(low[slot], high[slot], word.length);
        } else {
          out.append(word);
        }
        left--;
      }
    }
    out.replaceLast((byte) '.');
  }
}
