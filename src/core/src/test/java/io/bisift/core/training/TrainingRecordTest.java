package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRecordTest {
  private static Step step(String text) {
    return new Step(text, 0.5, null, null);
  }

  @Test
  void writesOneImageAsAString() {
    TrainingRecord record =
        new TrainingRecord(
            Images.one("x/1.png"), "Why?", List.of(step("s1"), step("s2")), List.of(1.0, 0.0));
    assertEquals(
        "{\"image\": \"x/1.png\", \"conversations\": [{\"from\": \"human\", \"value\": \"Question: Why?\\n"
            + "Process: s1<prm>\\n\\ns2<prm>\"}, {\"from\": \"gpt\", \"value\": [1.0, 0.0]}]}",
        Conversions.json(record));
  }

  @Test
  void writesAListOfImagesAsAListEvenOfOne() {
    TrainingRecord one =
        new TrainingRecord(Images.several(List.of("a")), "", List.of(step("s")), List.of(1e-12));
    assertEquals(
        "{\"image\": [\"a\"], \"conversations\": [{\"from\": \"human\", \"value\": \"Question: \\nProcess:"
            + " s<prm>\"}, {\"from\": \"gpt\", \"value\": [1e-12]}]}",
        Conversions.json(one));
    TrainingRecord two =
        new TrainingRecord(
            Images.several(List.of("a", "é")), "", List.of(step("s")), List.of(-0.0));
    assertEquals(
        "{\"image\": [\"a\", \"é\"], \"conversations\": [{\"from\": \"human\", \"value\": \"Question: \\n"
            + "Process: s<prm>\"}, {\"from\": \"gpt\", \"value\": [-0.0]}]}",
        Conversions.json(two));
  }

  @Test
  void escapesTextButLeavesItUnicode() {
    TrainingRecord record =
        new TrainingRecord(
            Images.one("\"名\""), "a\nb\u2028\\", List.of(step("<prm> 😀\u0001")), List.of(0.0625));
    assertEquals(
        "{\"image\": \"\\\"名\\\"\", \"conversations\": [{\"from\": \"human\", \"value\": \"Question: a\\nb"
            + "\u2028\\\\\\nProcess: <prm> 😀\\u0001<prm>\"}, {\"from\": \"gpt\", \"value\": [0.0625]}]}",
        Conversions.json(record));
  }

  @Test
  void needsOneLabelForEachStep() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingRecord(Images.one("i"), "q", List.of(step("s")), List.of()));
  }

  @Test
  void cannotBeWrittenWithoutText() {
    TrainingRecord record =
        new TrainingRecord(
            Images.one("i"), "q", List.of(new Step(null, 1.0, null, null)), List.of(1.0));
    assertThrows(IllegalStateException.class, () -> Conversions.json(record));
  }
}
