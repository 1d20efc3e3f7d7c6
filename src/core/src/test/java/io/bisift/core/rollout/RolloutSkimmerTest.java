package io.bisift.core.rollout;

import static io.bisift.core.rollout.Lines.bytes;
import static io.bisift.core.rollout.Lines.utf8;
import static io.bisift.core.rollout.Lines.with;
import static io.bisift.core.rollout.Lines.withScore;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.RolloutSkimmer.Answer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each answer is also held against the full parse. */
class RolloutSkimmerTest {
  private static final String REST = "\"image\":\"i\",\"question_orig\":\"q\"";

  private final SkimmerCheck check = new SkimmerCheck();

  private void assertWritable(byte[] line) {
    assertEquals(Answer.RANKED, check.answer(line));
    assertTrue(check.skimmer.isWritable());
  }

  /** Asserts that a line can be ranked, and that a full parse finds it cannot be written. */
  private void assertUnwritable(byte[] line) {
    assertEquals(Answer.RANKED, check.answer(line));
    assertFalse(check.skimmer.isWritable());
    assertTrue(SkimmerCheck.isRejected(line));
  }

  private void assertUnsure(byte[] line) {
    assertEquals(Answer.UNSURE, check.answer(line));
  }

  private static byte[] withStep(String members) {
    return utf8("{" + REST + ",\"steps_with_score\":[{" + members + "}]}");
  }

  @Test
  void readsScoresInOrder() {
    String steps =
        "{\"step\":\"a\",\"score\":0.0625},{\"score\":1,\"step\":\"b\"},{\"score\":0.3333333333333333},"
            + "{\"step\":\"c\"},{\"score\":0.30000000000000004},{\"score\":1e-12},{\"score\":0}";
    assertEquals(
        Answer.RANKED, check.answer(utf8("{" + REST + ",\"steps_with_score\":[" + steps + "]}")));
    assertEquals(6, check.skimmer.scoreCount());
    double[] scores = Arrays.copyOf(check.skimmer.scores(), 6);
    assertEquals(
        List.of(0.0625, 1.0, 0.3333333333333333, 0.30000000000000004, 1e-12, 0.0),
        Arrays.stream(scores).boxed().toList());
  }

  @Test
  void holdsAnyNumberOfSteps() {
    String steps = "{\"step\":\"a\",\"score\":0.5},".repeat(999) + "{\"step\":\"a\",\"score\":1.0}";
    assertWritable(utf8("{" + REST + ",\"steps_with_score\":[" + steps + "]}"));
    assertEquals(1000, check.skimmer.scoreCount());
    assertEquals(1.0, check.skimmer.scores()[999]);
  }

  @Test
  void forgetsTheLineBefore() {
    assertUnwritable(with("\"x\":\"\\ud800\""));
    assertWritable(with(REST));
    assertUnsure(utf8("{\"image\":\"\u00e9"));
    assertEquals(Answer.BLANK, check.answer(utf8(" ")));
    assertWritable(with(REST));
    assertEquals(1, check.skimmer.scoreCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t \t", "                    ", "\r\n"})
  void knowsBlankLines(String line) {
    assertEquals(Answer.BLANK, check.answer(utf8(line)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00a0", "\u000b", "\u001c", "\u3000", " \u0085 "})
  void isUnsureWhetherOtherSpaceIsBlank(String line) {
    assertUnsure(utf8(line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"x\":null",
        "\"x\":true,\"y\":false",
        "\"x\":-0",
        "\"x\":-12.5E+30,\"y\":1e400,\"z\":123456789012345678901234567890",
        "\"x\":[],\"y\":{}, \"z\" : [ 1 , { \"a\" : [ ] , \"b\":\"\" } ]",
        "\"x\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uABCD\\uabcd\"",
        "\"x\":\"\\ud83d\\ude00 \\uDBFF\\uDFFF\"",
        "\"\u00e9\":\"\u00e9\u6f22\ud83d\ude00\u007f\uffff\"",
        "\"x\":1,\"x\":2",
        "\"x\":{\"image\":1,\"image\":2,\"score\":2,\"steps_with_score\":[{\"score\":\"a\"}]}",
        "\"Image\":1,\"images\":2,\"imag\":3,\"\":4,\"question \":5",
        "\"question\":null",
        "\"question\":\"\"",
        "\"x\":\"]}\",\"y\":\"{[,:\""
      })
  void getsOverWhatIsNotUsed(String members) {
    assertWritable(with(REST + "," + members));
    assertWritable(utf8("{" + members + "," + REST + "," + Lines.STEPS + "} "));
    assertWritable(withStep("\"step\":\"a\"," + members + ",\"score\":1"));
  }

  @Test
  void nestsToItsLimitOnly() {
    int limit = JsonSkimmer.MAX_DEPTH;
    assertWritable(with(REST + ",\"x\":" + "[".repeat(limit) + "]".repeat(limit)));
    assertUnsure(with(REST + ",\"x\":" + "[".repeat(limit + 1) + "]".repeat(limit + 1)));
    assertUnsure(with(REST + ",\"x\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(100)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "[]",
        "null",
        "1",
        "\"a\"",
        "{}",
        "{\"steps_with_score\":[]}",
        "{\"steps_with_score\":null}",
        "{\"steps_with_score\":{}}",
        "{\"steps_with_score\":[1]}",
        "{\"steps_with_score\":[{}]}",
        "{\"steps_with_score\":[{\"score\":1},[]]}",
        "{\"steps_with_score\":[{\"score\":1}],\"steps_with_score\":[{\"score\":1}]}",
        "{\"steps_with_\\u0073core\":[{\"score\":1}]}",
        "{\"a\\n\":1,\"steps_with_score\":[{\"score\":1}]}",
        "{\"x\":{\"\\ud800\":1},\"steps_with_score\":[{\"score\":1}]}",
        "{\"steps_with_score\":[{\"score\":1,\"score\":1}]}",
        "{\"steps_with_score\":[{\"score\":1,\"step\":\"a\",\"step\":\"b\"}]}",
        "{\"steps_with_score\":[{\"score\":1}]}}",
        "{\"steps_with_score\":[{\"score\":1}]} x",
        "{\"steps_with_score\":[{\"score\":1}]}\u00a0",
        "\u3000{\"steps_with_score\":[{\"score\":1}]}",
        "\ufeff{\"steps_with_score\":[{\"score\":1}]}",
        "{\"steps_with_score\":[{\"score\":1},]}",
        "{\"steps_with_score\":[{\"score\":1},}",
        "{\"steps_with_score\":[{\"score\":1}],}",
        "{\"steps_with_score\":[{\"score\":1}}",
        "{\"steps_with_score\":[{\"score\":1]]",
        "{\"steps_with_score\":[{\"score\" 1}]}",
        "{\"steps_with_score\":[{score:1}]}",
        "{\"steps_with_score\":[{\"score\":1}]",
        "{\"steps_with_score\":[{\"score\":1"
      })
  void isUnsureOfUnusualLines(String line) {
    assertUnsure(utf8(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "\"0.5\"",
        "[0.5]",
        "{}",
        "-0",
        "-0.0",
        "-0.5",
        "1.5",
        "2",
        "1e400",
        "1.0000000000000003",
        "NaN",
        "Infinity",
        "-Infinity",
        "INF",
        "+1",
        ".5",
        "5.",
        "01",
        "00",
        "1e",
        "1e+",
        "0x1",
        "1_0",
        "-",
        ""
      })
  void isUnsureOfUnusualScores(String score) {
    assertUnsure(withScore(score));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "-Infinity",
        "INF",
        "+1",
        ".5",
        "5.",
        "01",
        "-01",
        "1e",
        "1e+",
        "-",
        "--1",
        "nul",
        "nulll",
        "True",
        "tru",
        "'a'",
        "/**/1",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12\"",
        "\"\\",
        "\"\\u",
        "\"\\\"",
        "\"\t\"",
        "\"\u0000\"",
        "\"\u001f\"",
        "",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "{,}"
      })
  void isUnsureOfUnusualValues(String value) {
    assertUnsure(with("\"x\":" + value));
    assertUnsure(with("\"x\":[" + value));
    assertUnsure(withStep("\"score\":1,\"num_mc_correct\":" + value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<80>",
        "<c3>",
        "<c3>a",
        "<c0af>",
        "<e08080>",
        "<eda080>",
        "<f08080af>",
        "<f4908080>",
        "<f5808080>",
        "<ff>",
        "<e282>"
      })
  void isUnsureOfWhatIsNotUtf8(String text) {
    assertUnsure(bytes("{\"x\":\"" + text + "\"," + Lines.STEPS + "}"));
    assertUnsure(bytes("{\"" + text + "\":1," + Lines.STEPS + "}"));
    assertUnsure(bytes("{" + Lines.STEPS + "}" + text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"question_orig\":\"q\"",
        "\"image\":null",
        "\"image\":\"\"",
        "\"image\":[]",
        "\"image\":[\"i\",1]",
        "\"image\":{}",
        "\"image\":\"i\",\"question_orig\":5",
        "\"image\":\"i\",\"question\":[1]",
        "\"image\":\"\\udc00\"",
        "\"image\":\"i\",\"question\":\"\\ud800\"",
        "\"image\":\"i\",\"question\":\"\\ud800\\n\\udc00\"",
        "\"image\":\"i\",\"question\":\"\\ud800\\ud800\\udc00\"",
        "\"image\":\"i\",\"question\":\"\\udc00\\ud800\"",
        "\"image\":\"i\",\"question\":\"\\ud800\",\"x\":\"\\udc00\""
      })
  void tellsWhatCannotBeWritten(String members) {
    assertUnwritable(with(members));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"score\":1",
        "\"step\":\"a\"",
        "\"step\":null,\"score\":1",
        "\"step\":5,\"score\":1",
        "\"step\":\"\",\"score\":1",
        "\"step\":\" \\n\\t\\r\\f\\u00a0\u3000\\u2028\",\"score\":1",
        "\"step\":\"\\ud800\",\"score\":1"
      })
  void tellsStepsThatCannotBeWritten(String step) {
    assertUnwritable(
        utf8(
            "{" + REST + ",\"steps_with_score\":[{\"step\":\"a\",\"score\":0.5},{" + step + "}]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " a",
        "\\na",
        "\\\"",
        "\\\\",
        "\\b",
        "\\/",
        "\\u0041",
        "\\u200b",
        "\\u00a0\\u3000.",
        "\u3000\u00e9",
        "\u00e9",
        "\u200b",
        "\u007f",
        "\\ud83d\\ude00",
        " \\t\u00a0 \\\\n"
      })
  void tellsTextFromWhiteSpace(String text) {
    assertWritable(withStep("\"step\":\"" + text + "\",\"score\":1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"i\"]", "[\"\",\"j\"]", "[ \"i\" , \"\\n\" ]", "\" \""})
  void takesImagesOfEitherForm(String image) {
    assertWritable(with("\"question_orig\":\"q\",\"image\":" + image));
  }

  @Test
  void agreesOnEveryByteAtEveryPlaceOfAString() {
    for (int before = 0; before < 18; before++) {
      for (int value = 0; value < 256; value++) {
        for (int after : new int[] {0, 3, 9}) {
          byte[] line = with("\"x\":\"" + "a".repeat(before) + "?" + "b".repeat(after) + "\"");
          line[6 + before] = (byte) value;
          boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';
          boolean escape = value == '\\' && after > 0; // \b
          assertEquals(
              plain || escape ? Answer.RANKED : Answer.UNSURE,
              check.answer(line),
              before + " characters, byte " + value);
        }
      }
    }
  }
}
