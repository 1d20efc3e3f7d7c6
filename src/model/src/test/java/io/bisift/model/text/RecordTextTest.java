package io.bisift.model.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.scoring.ScorerSettings.PromptText;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTextTest {
  @Test
  void joinsStepsAsTheyAreTrainedOrScored() {
    List<String> steps = List.of(" one\n", "two");
    String question = " What <image1> is <image٢> it? <image> ";
    assertEquals(
        List.of("Question: What <image1> is <image٢> it? <image>\nProcess: one", "\n\ntwo"),
        RecordText.of(question, steps, PromptText.TRAINING).parts());
    assertEquals(
        List.of("Question: What  is  it? <image>\nProcess: one", "two"),
        RecordText.of(question, steps, PromptText.SCORING).parts());
  }

  @Test
  void splitsWhereAsManyMarkersAsLabelsAre() throws UnclearStepsException {
    String text = "Question: q\nProcess: a<prm>\n\nb<prm>";
    assertEquals(
        new RecordText(List.of("Question: q\nProcess: a", "\n\nb"), ""), RecordText.split(text, 2));
    assertEquals( // joined otherwise, but nothing is in doubt
        new RecordText(List.of("Question: q\nProcess: a", "b"), " end"),
        RecordText.split("Question: q\nProcess: a<prm>b<prm> end", 2));
  }

  @Test
  void tellsMarkersFromTextThatLooksLikeThem() throws UnclearStepsException {
    assertEquals(
        List.of("Question: is <prm>\n\na tag?\nProcess: a <prm> is", "\n\nb"),
        RecordText.split("Question: is <prm>\n\na tag?\nProcess: a <prm> is<prm>\n\nb<prm>", 2)
            .parts());
  }

  @Test
  void rejectsWhatIsUnclear() {
    assertUnclear("Question: q\nProcess: a<prm>\n\nstill a<prm>\n\nb<prm>", 2);
    assertUnclear("Question: q\nProcess: a<prm>\n\nb<prm>", 3);
    assertUnclear("Question: q\nProcess: a", 1);
    assertUnclear("Question: q\nProcess: ", 0);
  }

  private static void assertUnclear(String text, int labels) {
    UnclearStepsException e =
        assertThrows(UnclearStepsException.class, () -> RecordText.split(text, labels));
    assertEquals(true, e.getMessage().startsWith(labels + " labels, but "), e.getMessage());
  }
}
