package io.bisift.core.rollout;

import static io.bisift.core.rollout.Lines.STEPS;
import static io.bisift.core.rollout.Lines.rejected;
import static io.bisift.core.rollout.Lines.steps;
import static io.bisift.core.rollout.Lines.usable;
import static io.bisift.core.rollout.Lines.utf8;
import static io.bisift.core.rollout.Lines.with;
import static io.bisift.core.rollout.Lines.withScore;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fields of a record come to. */
class RolloutFieldsTest {
  @Test
  void readsARecordOfThePublishedShape() {
    Rollout rollout =
        usable(
            utf8(
                "{\"image\": \"x/0.png\", \"question\": \"<image>\\nprompt\", \"question_orig\": \" q \","
                    + " \"answer\": \"4\", \"response\": \"s0\\n\\ns1\", \"steps_with_score\": [{\"step\":"
                    + " \"s0\", \"score\": 0.875, \"num_mc_correct\": 14, \"num_mc_total\": 16}, {\"step\":"
                    + " \" s1\\n\", \"score\": 0.0, \"num_mc_correct\": 0, \"num_mc_total\": 16}],"
                    + " \"num_mc_sequences\": 16}"));
    assertEquals(
        new Rollout(
            Images.one("x/0.png"),
            "q",
            List.of(new Step("s0", 0.875, 14L, 16L), new Step("s1", 0.0, 0L, 16L))),
        rollout);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{}", "0", "-0", "0.0", "-0.0", "0e9", "1e-400", "false", "null", "\"\""})
  void fallsBackToTheOtherQuestionWherePythonSeesNothing(String falsy) {
    assertEquals(
        "p", usable(with("\"question_orig\":" + falsy + ",\"question\":\" p\"")).question());
    assertEquals("p", usable(with("\"question\":\" p\",\"question_orig\":" + falsy)).question());
    assertEquals(
        "", usable(with("\"question_orig\":" + falsy + ",\"question\":" + falsy)).question());
    assertEquals("", usable(with("\"question\":" + falsy)).question());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0]",
        "[[]]",
        "{\"a\":0}",
        "1",
        "0.5",
        "-1",
        "1e-300",
        "NaN",
        "Infinity",
        "true",
        "[\"q\"]",
        "[[[],[{}]],{\"x\":[]}]"
      })
  void aQuestionThatIsNoStringIsNone(String truthy) {
    assertNull(usable(with("\"question_orig\":" + truthy + ",\"question\":\"p\"")).question());
    assertNull(usable(with("\"question\":" + truthy)).question());
    assertEquals("q", usable(with("\"question_orig\":\"q\",\"question\":" + truthy)).question());
  }

  @Test
  void aBlankQuestionIsAQuestionAndTrimmed() {
    assertEquals("", usable(with("\"question_orig\":\" \\u00a0\",\"question\":\"p\"")).question());
    assertEquals("q", usable(with("\"question_orig\":\"\\u3000q\\u0085\\u001c\"")).question());
    assertEquals("\u200bq", usable(with("\"question_orig\":\"\\u200bq\\n\"")).question());
    assertEquals("", usable(utf8("{" + STEPS + "}")).question());
  }

  @Test
  void readsOneImageOrAList() {
    assertEquals(Images.one("a"), usable(with("\"image\":\"a\"")).images());
    assertEquals(Images.one(" "), usable(with("\"image\":\" \"")).images());
    assertEquals(
        Images.several(List.of("a", "b")), usable(with("\"image\":[\"a\",\"b\"]")).images());
    assertEquals(Images.several(List.of("a")), usable(with("\"image\":[\"a\"]")).images());
    assertEquals(Images.several(List.of("")), usable(with("\"image\":[\"\"]")).images());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | null",
        "\"\" | empty",
        "[] | empty",
        "5 | a number, not a string or a list of strings",
        "NaN | a number, not a string or a list of strings",
        "true | a boolean, not a string or a list of strings",
        "{\"a\":[]} | an object, not a string or a list of strings",
        "[\"a\",1] | a list with a number in it, not a list of strings",
        "[null] | a list with null in it, not a list of strings",
        "[[\"a\"],\"b\"] | a list with a list in it, not a list of strings",
        "[{}] | a list with an object in it, not a list of strings"
      })
  void saysWhyThereIsNoImage(String value, String defect) {
    Images images = usable(with("\"image\":" + value)).images();
    assertEquals(new Images(List.of(), false, defect), images);
  }

  @Test
  void aRolloutWithoutImageIsStillRanked() {
    assertEquals("missing", usable(utf8("{" + STEPS + "}")).images().defect());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | steps_with_score is null",
        "[] | steps_with_score is empty",
        "{} | steps_with_score is an object, not a list",
        "\"[]\" | steps_with_score is a string, not a list",
        "0 | steps_with_score is a number, not a list",
        "false | steps_with_score is a boolean, not a list",
        "[1] | step 1 is a number, not an object",
        "[{\"score\":1},[{\"score\":1}]] | step 2 is a list, not an object",
        "[{\"score\":1},null,true] | step 2 is null, not an object",
        "[{\"score\":7},\"x\"] | step 2 is a string, not an object"
      })
  void rejectsWhatIsNoListOfSteps(String value, String reason) {
    assertEquals(reason, rejected(Defect.NO_STEPS, utf8("{\"steps_with_score\":" + value + "}")));
  }

  @Test
  void rejectsARecordWithoutSteps() {
    assertEquals("steps_with_score is missing", rejected(Defect.NO_STEPS, utf8("{}")));
    assertEquals(
        "steps_with_score is missing",
        rejected(Defect.NO_STEPS, utf8("{\"Steps_with_score\":[{\"score\":1}]}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a list",
        "[{\"steps_with_score\":[{\"score\":1}]}] | a list",
        "\"x\" | a string",
        "42 | a number",
        "NaN | a number",
        "-Infinity | a number",
        "true | a boolean",
        "null | null"
      })
  void rejectsWhatIsNoObject(String line, String kind) {
    assertEquals(kind + ", not an object", rejected(Defect.NOT_AN_OBJECT, utf8(line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.0625 | 0.0625",
        "1 | 1.0",
        "0 | 0.0",
        "-0 | 0.0", // an int in Python
        "-0.0 | -0.0",
        "-0e5 | -0.0",
        "\"-0\" | -0.0",
        "1E-2 | 0.01",
        "1e-400 | 0.0",
        "true | 1.0",
        "false | 0.0",
        "\"0.5\" | 0.5",
        "\" \\u00a00.5\\n\" | 0.5",
        "\"1_0e-1_0\" | 1e-9",
        "\"\\u0660.\\uff15\" | 0.5",
        "0.3000000000000000444 | 0.30000000000000004"
      })
  void readsScoresAsPythonsFloatDoes(String score, String value) {
    assertEquals(Double.valueOf(value), usable(withScore(score)).steps().get(0).score());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"\"", "\"abc\"", "[0.5]", "{}", "\"0x1\"", "\"1f\"", "\"\\u001c1\""})
  void aScoreThatIsNoNumberIsMissing(String score) {
    assertEquals("no step has a numeric score", rejected(Defect.NO_SCORE, withScore(score)));
    List<Step> steps = steps("{\"step\":\"a\",\"score\":" + score + "}", "{\"score\":1}");
    assertEquals(List.of(new Step("a", null, null, null), new Step(null, 1.0, null, null)), steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NaN | nan",
        "Infinity | inf",
        "-Infinity | -inf",
        "1e400 | inf",
        "1.5 | 1.5",
        "1.0000000000000003 | 1.0000000000000002",
        "-1e-323 | -1e-323",
        "-1 | -1.0",
        "2 | 2.0",
        "\"nan\" | nan",
        "\"-Infinity\" | -inf",
        "\"2\" | 2.0"
      })
  void rejectsAScoreOutsideItsRange(String score, String printed) {
    assertEquals(
        "the score of step 1 is " + printed + ", not in [0, 1]",
        rejected(Defect.SCORE_OUT_OF_RANGE, withScore(score)));
    assertEquals(
        "the score of step 3 is " + printed + ", not in [0, 1]",
        rejected(
            Defect.SCORE_OUT_OF_RANGE,
            utf8(
                "{\"steps_with_score\":[{\"score\":1},{},{\"score\":"
                    + score
                    + "},{\"score\":9}]}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "\"\"", "\" \\u00a0\\u3000\"", "5", "true", "[\"a\"]", "{\"step\":\"a\"}"})
  void aTextThatIsBlankOrNoStringIsMissing(String text) {
    assertEquals(
        List.of(new Step(null, 0.5, null, null)), steps("{\"step\":" + text + ",\"score\":0.5}"));
  }

  @Test
  void trimsTheTextOfAStep() {
    assertEquals("a b", steps("{\"step\":\"\\n\\u2003a b\\u0085\",\"score\":1}").get(0).text());
    assertEquals("\u200b", steps("{\"step\":\" \\u200b \",\"score\":1}").get(0).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "14 | 14",
        "0 | 0",
        "-0 | 0",
        "14.0 | 14",
        "1.4e1 | 14",
        "9007199254740992 | 9007199254740992",
        "14.5 | -",
        "-1 | -",
        "1e400 | -",
        "NaN | -",
        "9007199254740994 | -",
        "true | -",
        "null | -",
        "[14] | -",
        "{} | -"
      })
  void readsCountsThatAreWholeNumbers(String count, Long value) {
    assertEquals(
        List.of(new Step(null, 0.5, value, value)),
        steps("{\"num_mc_correct\":" + count + ",\"score\":0.5,\"num_mc_total\":" + count + "}"));
    assertNull(steps("{\"num_mc_total\":\"14\",\"score\":1}").get(0).mcTotal());
  }

  @Test
  void theLastOfEqualKeysWins() {
    Rollout rollout =
        usable(
            utf8(
                "{\"image\":[1],\"image\":\"a\",\"question_orig\":5,\"question_orig\":\"q\","
                    + "\"steps_with_score\":\"bad\",\"steps_with_score\":[7],\"steps_with_score\":"
                    + "[{\"score\":9}],\"steps_with_score\":[{\"step\":5,\"step\":\"a\",\"score\":9,"
                    + "\"score\":1,\"num_mc_total\":-1,\"num_mc_total\":2}]}"));
    assertEquals(new Rollout(Images.one("a"), "q", List.of(new Step("a", 1.0, null, 2L))), rollout);
  }

  @Test
  void theLastOfEqualKeysWinsWhereItIsTheBadOne() {
    assertEquals("null", usable(with("\"image\":\"a\",\"image\":null")).images().defect());
    assertNull(usable(with("\"question\":\"a\",\"question\":5")).question());
    assertEquals(
        "p",
        usable(with("\"question_orig\":\"a\",\"question_orig\":0,\"question\":\"p\"")).question());
    rejected(Defect.NO_STEPS, utf8("{" + STEPS + ",\"steps_with_score\":null}"));
    rejected(Defect.NO_STEPS, utf8("{" + STEPS + ",\"steps_with_score\":[]}"));
    rejected(Defect.NO_SCORE, withScore("1,\"score\":\"abc\""));
    rejected(Defect.SCORE_OUT_OF_RANGE, withScore("1,\"score\":2"));
    assertNull(steps("{\"score\":1,\"step\":\"a\",\"step\":\" \"}").get(0).text());
    assertNull(
        steps("{\"score\":1,\"num_mc_correct\":1,\"num_mc_correct\":\"1\"}").get(0).mcCorrect());
  }

  @Test
  void escapedKeysAreTheSameKeys() {
    Rollout rollout =
        usable(
            utf8(
                "{\"im\\u0061ge\":\"a\",\"image\":\"b\",\"\\u0069mage\":\"c\",\"steps_with\\u005fscore\":"
                    + "[{\"st\\u0065p\":\"a\",\"\\u0073core\":1}]}"));
    assertEquals(Images.one("c"), rollout.images());
    assertEquals(List.of(new Step("a", 1.0, null, null)), rollout.steps());
  }

  @Test
  void namesThatOnlyLookAlikeAreOthers() {
    Rollout rollout =
        usable(
            with(
                "\"image\":\"a\",\"image\\u0000\":1,\"\\u0000image\":2,\"Image\":3,\"image \":4,"
                    + "\"imag\\u0435\":5,\"imagee\":6,\"imag\":7,\"\":8"));
    assertEquals(Images.one("a"), rollout.images());
  }

  @Test
  void fieldsOfOtherObjectsAreDecoys() {
    Rollout rollout =
        usable(
            utf8(
                "{\"x\":{\"image\":\"no\",\"steps_with_score\":[{\"score\":9}]},\"image\":\"yes\","
                    + "\"steps_with_score\":[{\"meta\":{\"step\":\"no\",\"score\":9},\"l\":[{\"score\":8}],"
                    + "\"step\":\"yes\",\"score\":1,\"image\":\"no\"}],\"score\":7,\"step\":\"no\","
                    + "\"y\":[{\"question\":\"no\"}]}"));
    assertEquals(
        new Rollout(Images.one("yes"), "", List.of(new Step("yes", 1.0, null, null))), rollout);
  }

  @Test
  void theStringFormReadsTheSame() throws RejectedRecordException {
    String line = "\u00a0{\"question\":\"é漢😀\"," + STEPS + "}";
    assertEquals(usable(utf8(line)), RolloutParser.parse(line));
  }

  @Test
  void aRolloutNeedsAScore() {
    List<Step> steps = List.of(new Step("a", null, null, null));
    assertThrows(IllegalArgumentException.class, () -> new Rollout(Images.one("a"), "q", steps));
    assertThrows(
        IllegalArgumentException.class, () -> new Rollout(Images.one("a"), "q", List.of()));
  }

  @Test
  void imagesHaveEitherNamesOrADefect() {
    assertThrows(IllegalArgumentException.class, () -> new Images(List.of(), true, null));
    assertThrows(IllegalArgumentException.class, () -> new Images(List.of("a"), true, "odd"));
  }
}
