package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.TestData;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Lines on which the reference implementation crashes or takes nonsense, among good ones. */
class GoldenPoisonTest {
  private int good;
  private final Map<Integer, Defect> bad = new TreeMap<>();

  private void convert(List<byte[]> lines) {
    RecordConverter converter = Conversions.leavingOut(LabelRule.hard(0));
    for (int i = 0; i < lines.size(); i++) {
      try {
        if (Conversions.convert(lines.get(i), converter) != null) {
          good++;
        }
      } catch (RejectedRecordException e) {
        bad.put(i + 1, e.defect());
      }
    }
    assertEquals(lines.size(), good + bad.size(), "no line is blank, none is lost");
  }

  private void convert(String file) {
    convert(TestData.lines("/golden/poison/" + file + ".jsonl.gz"));
  }

  @Test
  void valuesOfWrongTypesSpoilTheirOwnLineOnly() {
    convert("a_types");
    assertEquals(20, good);
    assertEquals(
        Map.ofEntries(
            Map.entry(2, Defect.SCORE_OUT_OF_RANGE),
            Map.entry(5, Defect.NOT_AN_OBJECT),
            Map.entry(12, Defect.SCORE_OUT_OF_RANGE),
            Map.entry(14, Defect.NO_STEPS),
            Map.entry(17, Defect.NOT_AN_OBJECT),
            Map.entry(18, Defect.NOT_AN_OBJECT),
            Map.entry(19, Defect.NO_STEPS),
            Map.entry(21, Defect.LONE_SURROGATE),
            Map.entry(23, Defect.STEP_WITHOUT_TEXT),
            Map.entry(24, Defect.SCORE_OUT_OF_RANGE),
            Map.entry(29, Defect.NO_STEPS),
            Map.entry(32, Defect.NOT_AN_OBJECT)),
        bad);
  }

  @Test
  void brokenBytesSpoilTheirOwnLineOnly() {
    convert("b_bytes");
    assertEquals(3, good);
    assertEquals(Map.of(2, Defect.INVALID_UTF8, 4, Defect.INVALID_JSON), bad);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheLineOnceTheReaderTookItOff() {
    List<byte[]> lines = TestData.lines("/golden/poison/c_bom.jsonl.gz");
    byte[] first = lines.get(0);
    List<byte[]> rest = lines.subList(1, lines.size());
    convert(List.of(Arrays.copyOfRange(first, 3, first.length)));
    assertEquals(1, good);
    good = 0;
    convert(rest);
    assertEquals(3, good);
  }

  @Test
  void tooDeepALineSpoilsItselfOnly() {
    convert("d_deep");
    assertEquals(2, good);
    assertEquals(Map.of(2, Defect.TOO_DEEP), bad);
  }
}
