package io.bisift.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.TestData;
import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonFloatParseTest {
  @Test
  void readsEveryStringOfTheTableAsPythonDid() {
    List<String[]> table = TestData.table("/io/bisift/core/text/python-float.tsv.gz");
    assertTrue(table.size() > 4_000, "rows: " + table.size());
    for (String[] row : table) {
      String text = TestData.utf16(row[0]);
      assertEquals(row[1], outcome(text), () -> "float('" + text + "'), " + row[0]);
    }
  }

  private static String outcome(String text) {
    OptionalDouble value = PythonFloat.parse(text);
    if (value.isEmpty()) {
      return "ValueError";
    }
    return Double.isNaN(value.getAsDouble())
        ? "nan"
        : Long.toHexString(Double.doubleToRawLongBits(value.getAsDouble()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1p3", "1f", "1d", "1D", "NaN(1)", "1e5f", "0x10", " ", ""})
  void refusesWhatOnlyJavaReads(String text) {
    assertEquals(OptionalDouble.empty(), PythonFloat.parse(text));
  }

  @Test
  void separatorControlsAreNoSpaceAroundNumbersThoughStripTakesThem() {
    assertEquals("1", PythonText.strip("\u001c1\u001f"));
    assertEquals(OptionalDouble.empty(), PythonFloat.parse("\u001c1"));
    assertEquals(OptionalDouble.empty(), PythonFloat.parse("1\u001f"));
    assertEquals(OptionalDouble.of(1), PythonFloat.parse("\u00851\u3000"));
  }

  @Test
  void readsNumbersOfManyDigits() {
    assertEquals(OptionalDouble.of(1.0 / 3), PythonFloat.parse("0." + "3".repeat(100_000)));
    assertEquals(OptionalDouble.of(0), PythonFloat.parse("0".repeat(100_000)));
  }

  @Property
  void readsWhatItPrints(@ForAll double value) {
    assertEquals(OptionalDouble.of(value), PythonFloat.parse(PythonFloat.print(value)));
  }
}
