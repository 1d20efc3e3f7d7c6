package io.bisift.core.rollout;

import static io.bisift.core.rollout.Lines.STEPS;
import static io.bisift.core.rollout.Lines.bytes;
import static io.bisift.core.rollout.Lines.rejected;
import static io.bisift.core.rollout.Lines.usable;
import static io.bisift.core.rollout.Lines.utf8;
import static io.bisift.core.rollout.Lines.with;
import static io.bisift.core.rollout.Lines.withScore;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.text.PythonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines Python's {@code json.loads} takes. */
class RolloutDialectTest {
  private static final String DEEP = "[".repeat(999) + "]".repeat(999);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "0",
        "-0",
        "1",
        "-1",
        "1.0",
        "1e5",
        "1E+05",
        "1e-999",
        "1e999",
        "[NaN,Infinity]",
        "{\"y\":-Infinity}",
        "true",
        "false",
        "null",
        "\"\"",
        "{}",
        "[]",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
        "\"\\ud800\"",
        "\"\\uDFFF\"",
        "\"\\uD83D\\ude00\"",
        "\"\u007f\"",
        "\"\ufeff\"",
        "\"\uffff\"",
        "\" \""
      })
  void takesAnyValueInAFieldThatIsNotUsed(String value) {
    assertEquals(1, usable(with("\"x\":" + value)).steps().size());
    assertEquals(1, usable(with("\"x\": \t[ " + value + " , " + value + "]")).steps().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INF",
        "-INF",
        "+INF",
        "+Infinity",
        "Infinit",
        "Infinityx",
        "inf",
        "-inf",
        "nan",
        "NAN",
        "-NaN",
        "+NaN",
        "NaNx",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "-.5",
        "1e",
        "1e+",
        "-",
        "--1",
        "0x10",
        "1_0",
        "1f",
        "1L",
        "True",
        "None",
        "nul",
        "nullx",
        "'a'",
        "a",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\U0041\"",
        "\"\\'\"",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "[1}",
        "{\"y\":1,}",
        "{\"y\"}",
        "{\"y\" 1}",
        "{y:1}",
        "{'y':1}",
        "{1:2}",
        "{,}",
        "//\n1",
        "/**/1",
        "#",
        "",
        "1 2",
        "\u00a01",
        "\u000b1",
        "\u00001",
        "\ufeff1",
        "\uff11"
      })
  void refusesWhatIsNoJsonEvenInAFieldThatIsNotUsed(String value) {
    rejected(Defect.INVALID_JSON, with("\"x\":" + value));
    rejected(Defect.INVALID_JSON, with("\"x\":[" + value + ",1]"));
    rejected(Defect.INVALID_JSON, utf8("{" + STEPS + ",\"x\":" + value + "}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INF", "-INF", "+INF", "+Infinity", "-NaN", "+NaN", "nan"})
  void refusesJavasSpellingsOfNonNumbersInEveryField(String value) {
    rejected(Defect.INVALID_JSON, withScore(value));
    rejected(Defect.INVALID_JSON, with("\"image\":" + value));
    rejected(Defect.INVALID_JSON, with("\"image\":[" + value + "]"));
    rejected(Defect.INVALID_JSON, with("\"question\":" + value));
    rejected(Defect.INVALID_JSON, with("\"question_orig\":[[" + value + "]]"));
    rejected(Defect.INVALID_JSON, utf8("{\"steps_with_score\":" + value + "}"));
    rejected(Defect.INVALID_JSON, utf8("{\"steps_with_score\":[" + value + "]}"));
    rejected(
        Defect.INVALID_JSON, utf8("{\"steps_with_score\":[{\"step\":" + value + ",\"score\":1}]}"));
    rejected(
        Defect.INVALID_JSON,
        utf8("{\"steps_with_score\":[{\"num_mc_total\":" + value + ",\"score\":1}]}"));
    rejected(Defect.INVALID_JSON, utf8(value));
  }

  @Test
  void refusesControlCharactersInStringsAndNames() {
    for (char c = 0; c < ' '; c++) {
      rejected(Defect.INVALID_JSON, with("\"x\":\"a" + c + "b\""));
      rejected(Defect.INVALID_JSON, with("\"x" + c + "\":1"));
    }
  }

  @Test
  void takesFourKindsOfWhiteSpaceBetweenTokens() {
    assertEquals(0.5, usable(utf8(" {\t\r\n" + STEPS + " } ")).steps().get(0).score());
    for (String space : List.of("\u000b", "\f", "\u001c", "\u00a0", "\u2028", "\u3000", "\u0000")) {
      rejected(Defect.INVALID_JSON, utf8("{" + space + STEPS + "}"));
    }
  }

  @Test
  void refusesTextBehindTheRecord() {
    for (String tail :
        List.of("x", " x", "{}", "}", "]", ",", " 1", "\"", "null", "\u200b", "\ufeff")) {
      rejected(Defect.INVALID_JSON, utf8("{" + STEPS + "}" + tail));
    }
  }

  @Test
  void refusesALineThatEndsTooEarly() {
    byte[] line = with("\"x\":[\"\\u00e9\",-1.5e3,{\"y\":null}]");
    for (int end = 1; end < line.length; end++) {
      rejected(Defect.INVALID_JSON, Arrays.copyOf(line, end));
    }
  }

  @Test
  void takesANestingOfAThousandAndNoMore() {
    assertEquals(1, usable(with("\"x\":" + DEEP)).steps().size());
    assertEquals(1, usable(utf8("{" + STEPS + ",\"x\":" + DEEP + "}")).steps().size());
    String reason = rejected(Defect.TOO_DEEP, with("\"x\":[" + DEEP + "]"));
    assertEquals("nested more than 1000 deep", reason);
    rejected(Defect.TOO_DEEP, with("\"x\":" + "[".repeat(100_000)));
    rejected(Defect.TOO_DEEP, with("\"image\":" + "[{\"a\":".repeat(500) + "1" + "}]".repeat(500)));
    rejected(Defect.TOO_DEEP, with("\"question\":" + "[".repeat(1000) + "]".repeat(1000)));
    rejected(Defect.NOT_AN_OBJECT, utf8("[" + DEEP + "]"));
    rejected(Defect.TOO_DEEP, utf8("[[" + DEEP + "]]"));
  }

  @Test
  void takesNumbersOfAnyLength() {
    String digits = "123456789".repeat(1200);
    assertEquals(1, usable(with("\"x\":" + digits + ",\"y\":-" + digits + ".5e-7")).steps().size());
    assertEquals(0.12345678912345678, usable(withScore("0." + digits)).steps().get(0).score());
    assertEquals(0.0, usable(withScore("0e" + digits)).steps().get(0).score());
    assertEquals(0.0, usable(withScore("1e-" + digits)).steps().get(0).score());
    rejected(Defect.SCORE_OUT_OF_RANGE, withScore(digits));
    rejected(Defect.SCORE_OUT_OF_RANGE, withScore("-" + digits));
  }

  @Test
  void takesStringsAndNamesOfAnyLength() {
    String text = "漢\\\"".repeat(1_000_000);
    Rollout rollout = usable(with("\"" + text + "\":1,\"question\":\"" + text + "\""));
    assertEquals(text.replace("\\", ""), rollout.question());
  }

  @Test
  void takesManyNamesThatHashAlike() {
    StringBuilder members = new StringBuilder("\"x\":0");
    for (int i = 0; i < 100_000; i++) {
      members.append(",\"").append(Integer.toHexString(i * 0x10001)).append("\":").append(i);
    }
    assertEquals(1, usable(with(members.toString())).steps().size());
  }

  @ParameterizedTest
  @CsvSource({
    "<c080>, 12, overlong NUL",
    "<c1bf>, 12, overlong ASCII",
    "<e0809f>, 12, overlong",
    "a<f0808080>, 13, overlong",
    "<eda080>, 12, surrogate",
    "<edb080>, 12, surrogate",
    "<f4908080>, 12, above U+10FFFF",
    "<ff>, 12, never in UTF-8",
    "<80>, 12, continuation alone",
    "<c3>, 12, cut"
  })
  void refusesWhatIsNotUtf8(String value, int at, String what) {
    byte[] line = bytes("{\"answer\":\"" + value + "\"," + STEPS + "}");
    String reason = rejected(Defect.INVALID_UTF8, line);
    assertEquals("not valid UTF-8 at byte " + at + " of the line", reason, what);
  }

  @Test
  void refusesUtf16() {
    byte[] bigEndian = ("{" + STEPS + "}").getBytes(StandardCharsets.UTF_16BE);
    rejected(Defect.INVALID_JSON, bigEndian);
    byte[] littleEndian = ("{" + STEPS + "}").getBytes(StandardCharsets.UTF_16LE);
    rejected(Defect.INVALID_JSON, littleEndian);
    rejected(Defect.INVALID_UTF8, bytes("<fffe>{<00>}<00>"));
  }

  @Test
  void refusesAByteOrderMarkInsideAFile() {
    rejected(Defect.INVALID_JSON, utf8("\ufeff{" + STEPS + "}"));
    rejected(Defect.INVALID_JSON, utf8("{" + STEPS + "}\ufeff"));
    rejected(Defect.INVALID_JSON, utf8("{\ufeff" + STEPS + "}"));
  }

  @Test
  void trimsPythonsWhiteSpaceAroundALine() throws RejectedRecordException {
    String spaces =
        "\t\u000b\f\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000";
    assertEquals(1, usable(utf8(spaces + "{" + STEPS + "}" + spaces)).steps().size());
    assertNull(RolloutParser.parse(spaces));
    assertNull(RolloutParser.parse(""));
    rejected(Defect.INVALID_JSON, utf8("\u200b{" + STEPS + "}"));
    rejected(Defect.INVALID_JSON, utf8("\u200b"));
    rejected(Defect.INVALID_JSON, utf8("\u0000"));
  }

  @Test
  void readsOnlyItsRangeOfTheBuffer() throws RejectedRecordException {
    byte[] buffer = utf8("}\"x{" + STEPS + "}}\"");
    Rollout rollout = RolloutParser.parse(buffer, 3, buffer.length - 2);
    assertEquals(usable(utf8("{" + STEPS + "}")), rollout);
    assertNull(RolloutParser.parse(buffer, 3, 3));
  }

  @Test
  void takesNamesWithLoneSurrogates() {
    for (String name :
        List.of("\\ud800", "\\uDfff", "a\\uD83Db", "\\ude00\\ud83d", "\\\\\\ud800\\\"")) {
      Rollout rollout = usable(with("\"" + name + "\" : 1,\"question\":\"\\ud801\""));
      assertEquals("\ud801", rollout.question(), name);
    }
    rejected(Defect.INVALID_JSON, with("\"\\ud8G0\":1"));
    rejected(Defect.INVALID_JSON, with("\"\\ud8\":1"));
    rejected(Defect.INVALID_JSON, with("\"\\ud800\":1,\"x\":+1"));
    rejected(Defect.TOO_DEEP, with("\"\\ud800\":1,\"x\":[" + DEEP + "]"));
    rejected(Defect.NO_STEPS, utf8("{\"steps_with_score\\ud800\":[{\"score\":1}]}"));
    rejected(Defect.NOT_AN_OBJECT, utf8("[{\"\\ud800\":\"\\ud800\"}]"));
  }

  @Test
  void refusesAStringWithALoneSurrogate() {
    RejectedRecordException e =
        assertThrows(
            RejectedRecordException.class, () -> RolloutParser.parse("{\"a\":\"\ud800\"}"));
    assertEquals(Defect.INVALID_UTF8, e.defect());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":1 | 9 | Unexpected end-of-input: expected close marker for Object",
        "{\"a\":[1} | 10 | Unexpected close marker '}': expected ']'",
        "{not json | 4 | Unexpected character ('n' (code 110)): was expecting double-quote to start field name",
        "{\"a\":x} | 8 | Unrecognized token 'x'",
        "{\"a\":+1} | 9 | Unexpected character ('+' (code 43)) in numeric value: JSON spec does not allow numbers to have plus signs",
        "{} {} | 6 | more text behind the first value",
        "{\"a\":+Infinity} | 8 | unknown number '+Infinity'"
      })
  void saysWhereAndWhy(String line, int at, String why) {
    String reason = rejected(Defect.INVALID_JSON, utf8("\u00a0" + line + " "));
    assertEquals("not JSON at byte " + at + " of the line: " + why, reason);
  }

  @Test
  void givesReasonsThatUtf8CanHold() {
    String wide = Character.toString(0x2D800); // its low 16 bits are those of a surrogate
    for (String line :
        List.of("{" + wide, "{\"a\":" + wide, "\"a\"" + wide, "{\"a\":\"\\" + wide)) {
      String reason = rejected(Defect.INVALID_JSON, utf8(line));
      assertFalse(PythonText.hasLoneSurrogate(reason), reason);
    }
  }
}
