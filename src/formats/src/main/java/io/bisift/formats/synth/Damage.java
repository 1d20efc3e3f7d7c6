package io.bisift.formats.synth;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The ways in which a line can be broken, so that no training record can be made of it. */
enum Damage {
  BLANK {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      out.append(utf8(oneOf(draws, "", " ", "\t ", "\u00a0", "\u3000")));
    }
  },
  CUT_SHORT {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      byte[] whole = utf8(line);
      out.write(whole, 0, 1 + draws.below(whole.length - 1));
    }
  },
  NOT_AN_OBJECT {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      out.append(utf8(oneOf(draws, "[" + line + "]", "null", "\"{}\"", "17")));
    }
  },
  NO_STEPS {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      int from = line.indexOf(STEPS_NAME);
      out.append(utf8(line.substring(0, from) + line.substring(line.indexOf(AFTER_STEPS))));
    }
  },
  STEPS_OF_A_WRONG_TYPE {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      String value = oneOf(draws, "null", "[]", "{}", "16", "\"a step\"", "[\"a step\"]", "[[]]");
      out.append(
          utf8(
              line.substring(0, line.indexOf(STEPS_NAME))
                  + STEPS_NAME
                  + value
                  + line.substring(line.indexOf(AFTER_STEPS))));
    }
  },
  NO_SCORES {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      out.append(utf8(line.replace(SCORE_NAME, "\"label\": ")));
    }
  },
  SCORE_OUT_OF_RANGE {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      String value = oneOf(draws, "1.0625", "-0.0625", "NaN", "Infinity", "17", "1e400", "\"2\"");
      int from = line.indexOf(SCORE_NAME) + SCORE_NAME.length();
      int to = line.indexOf(',', from);
      out.append(utf8(line.substring(0, from) + value + line.substring(to)));
    }
  },
  NOT_UTF8 {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      int at = line.indexOf(RESPONSE_NAME) + RESPONSE_NAME.length();
      // no start of a character, overlong, a surrogate, above U+10FFFF, cut short
      String hex = oneOf(draws, "ff", "c080", "eda080", "f4908080", "e289");
      out.append(utf8(line.substring(0, at)));
      out.append(HexFormat.of().parseHex(hex));
      out.append(utf8(line.substring(at)));
    }
  },
  /** Ranked, but of no use to a training set. */
  NO_IMAGE {
    @Override
    void apply(String line, TextBuffer out, Draws draws) {
      String value = oneOf(draws, "", "\"image\": null, ", "\"image\": [], ", "\"image\": 7, ");
      out.append(utf8("{" + value + line.substring(line.indexOf(QUESTION_NAME))));
    }
  };

  private static final String STEPS_NAME = "\"steps_with_score\": ";
  private static final String AFTER_STEPS = ", \"num_mc_sequences\": ";
  private static final String SCORE_NAME = "\"score\": ";
  private static final String RESPONSE_NAME = "\"response\": \"";
  private static final String QUESTION_NAME = "\"question\": ";

  /**
   * Appends a broken form of a good line, both without a line end.
   *
   * @param draws numbers that decide how exactly it is broken
   */
  abstract void apply(String line, TextBuffer out, Draws draws);

  static Damage any(Draws draws) {
    return values()[draws.below(values().length)];
  }

  private static String oneOf(Draws draws, String... choices) {
    return choices[draws.below(choices.length)];
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
