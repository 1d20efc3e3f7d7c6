package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.rollout.Step;
import io.bisift.core.training.RecordConverter.BadSteps;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordConverterTest {
  private static final Step GOOD = new Step("good", 0.5, 8L, 16L);
  private static final Step WRONG = new Step("wrong", 0.0, 0L, 16L);
  private static final Step NO_TEXT = new Step(null, 0.25, null, null);
  private static final Step NO_SCORE = new Step("no score", null, null, null);
  private static final RecordConverter LENIENT = Conversions.leavingOut(LabelRule.hard(0));
  private static final RecordConverter STRICT = Conversions.strict(LabelRule.hard(0));

  private static Rollout rollout(Step... steps) {
    return new Rollout(Images.one("i.png"), "q", List.of(steps));
  }

  private static Rollout parse(String line) throws RejectedRecordException {
    return Objects.requireNonNull(RolloutParser.parse(line));
  }

  private static void rejected(
      Defect defect, String reason, RecordConverter converter, Rollout rollout) {
    RejectedRecordException e =
        assertThrows(RejectedRecordException.class, () -> converter.convert(rollout));
    assertEquals(defect, e.defect());
    assertEquals(reason, e.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatIsWhole(BadSteps badSteps) throws Exception {
    RecordConverter converter = new RecordConverter(LabelRule.soft(), badSteps, ImageCheck.NONE);
    assertEquals(
        new TrainingRecord(Images.one("i.png"), "q", List.of(GOOD, WRONG), List.of(0.5, 0.0)),
        converter.convert(rollout(GOOD, WRONG)));
  }

  @Test
  void labelsByItsRule() throws Exception {
    Rollout rollout = rollout(GOOD, WRONG, new Step("right", 1.0, null, null));
    assertEquals(List.of(1.0, 0.0, 1.0), LENIENT.convert(rollout).labels());
    assertEquals(
        List.of(0.0, 0.0, 1.0),
        Conversions.leavingOut(LabelRule.hard(0.5)).convert(rollout).labels());
    assertEquals(
        List.of(0.5, 0.0, 1.0), Conversions.leavingOut(LabelRule.soft()).convert(rollout).labels());
  }

  @Test
  void leavesOutBadStepsOneByOne() throws Exception {
    TrainingRecord record = LENIENT.convert(rollout(NO_TEXT, GOOD, NO_SCORE, WRONG));
    assertEquals(List.of(GOOD, WRONG), record.steps());
    assertEquals(List.of(1.0, 0.0), record.labels());
  }

  @Test
  void rejectsARolloutOfWhichNoStepIsLeft() {
    String reason = "no step has both text and a numeric score";
    rejected(Defect.STEP_WITHOUT_TEXT, reason, LENIENT, rollout(NO_TEXT));
    rejected(Defect.STEP_WITHOUT_TEXT, reason, LENIENT, rollout(NO_SCORE, NO_TEXT));
  }

  @Test
  void rejectsARolloutForOneBadStepWhereItIsStrict() {
    rejected(
        Defect.STEP_WITHOUT_TEXT, "step 2 has no text", STRICT, rollout(GOOD, NO_TEXT, NO_SCORE));
    rejected(
        Defect.STEP_WITHOUT_SCORE,
        "step 3 has no numeric score",
        STRICT,
        rollout(GOOD, WRONG, NO_SCORE));
  }

  @Test
  void rejectsARolloutWithoutImages() throws Exception {
    String rest = "\"steps_with_score\":[{\"step\":\"a\",\"score\":1}]}";
    rejected(Defect.NO_IMAGE, "image is missing", LENIENT, parse("{" + rest));
    rejected(Defect.NO_IMAGE, "image is null", STRICT, parse("{\"image\":null," + rest));
    rejected(Defect.NO_IMAGE, "image is empty", LENIENT, parse("{\"image\":[]," + rest));
    rejected(
        Defect.NO_IMAGE,
        "image is a number, not a string or a list of strings",
        LENIENT,
        parse("{\"image\":5," + rest));
  }

  @Test
  void rejectsAQuestionThatIsNoString() throws Exception {
    Rollout rollout = new Rollout(Images.one("i"), null, List.of(GOOD));
    rejected(Defect.NO_QUESTION, "the question is not a string", LENIENT, rollout);
    Rollout empty = new Rollout(Images.one("i"), "", List.of(GOOD));
    assertEquals("", LENIENT.convert(empty).question());
  }

  @Test
  void rejectsALoneSurrogateInWhatIsWritten() {
    Images odd = Images.several(List.of("a", "\ud800"));
    String end = ": UTF-8 cannot hold it";
    rejected(
        Defect.LONE_SURROGATE,
        "lone surrogate in image" + end,
        LENIENT,
        new Rollout(odd, "q", List.of(GOOD)));
    rejected(
        Defect.LONE_SURROGATE,
        "lone surrogate in the question" + end,
        STRICT,
        new Rollout(Images.one("i"), "\udc00", List.of(GOOD)));
    rejected(
        Defect.LONE_SURROGATE,
        "lone surrogate in a step's text" + end,
        LENIENT,
        rollout(GOOD, new Step("x\ud83d", 0.0, null, null)));
  }

  @Test
  void aLoneSurrogateInAStepThatIsLeftOutDoesNoHarm() throws Exception {
    Rollout rollout = rollout(GOOD, new Step("x\ud83d", null, null, null));
    assertEquals(List.of(GOOD), LENIENT.convert(rollout).steps());
  }

  @Test
  void looksForEveryPictureOfARecordThatIsFineOtherwise() throws Exception {
    List<String> asked = new ArrayList<>();
    ImageCheck check =
        name -> {
          asked.add(name);
          return !name.equals("gone.png");
        };
    RecordConverter converter =
        new RecordConverter(LabelRule.hard(0), BadSteps.REJECT_ROLLOUT, check);
    converter.convert(new Rollout(Images.several(List.of("a", "b")), "q", List.of(GOOD)));
    assertEquals(List.of("a", "b"), asked);
    rejected(
        Defect.IMAGE_NOT_FOUND,
        "image not found: gone.png",
        converter,
        new Rollout(Images.several(List.of("c", "gone.png")), "q", List.of(GOOD)));
    asked.clear();
    rejected(Defect.STEP_WITHOUT_TEXT, "step 1 has no text", converter, rollout(NO_TEXT));
    assertEquals(List.of(), asked);
  }

  @Test
  void aPictureThatCannotBeLookedForIsAFaultAndNoRejection() {
    ImageCheck broken =
        name -> {
          throw new FileNotFoundException("no such bucket");
        };
    RecordConverter converter = new RecordConverter(LabelRule.hard(0), BadSteps.LEAVE_OUT, broken);
    IOException e = assertThrows(IOException.class, () -> converter.convert(rollout(GOOD)));
    assertEquals("no such bucket", e.getMessage());
  }
}
