package io.bisift.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.TestData;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFloatPrintTest {
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1.0, 1.0",
    "0.0625, 0.0625",
    "1e-4, 0.0001",
    "1e-5, 1e-05",
    "1e-12, 1e-12",
    "9.5367431640625e-07, 9.5367431640625e-07",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "9999999999999998, 9999999999999998.0",
    "123456789012345680, 1.2345678901234568e+17",
    "1e100, 1e+100",
    "4.9E-324, 5e-324",
    "9.9E-324, 1e-323",
    "2e-3, 0.002",
    "2.0E-3, 0.002",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void printsWellKnownNumbersAsPythonDoes(String java, String python) {
    assertEquals(python, PythonFloat.print(Double.parseDouble(java)));
  }

  @Test
  void printsEveryNumberOfTheTableAsPythonDid() {
    List<String[]> table = TestData.table("/io/bisift/core/text/python-repr.tsv.gz");
    assertTrue(table.size() > 20_000, "rows: " + table.size());
    for (String[] row : table) {
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(row[0], 16));
      assertEquals(row[1], PythonFloat.print(value), row[0]);
    }
  }

  @Property(tries = 20_000)
  void readsBackAsTheSameNumber(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      assertEquals(value, Double.parseDouble(PythonFloat.print(value)));
    }
  }

  @Property(tries = 20_000)
  void noShorterDecimalReadsBackAsTheSameNumber(@ForAll long bits) {
    double value = Math.abs(Double.longBitsToDouble(bits));
    if (Double.isFinite(value) && value > 0) {
      BigDecimal printed = new BigDecimal(PythonFloat.print(value)).stripTrailingZeros();
      if (printed.precision() > 1) {
        BigDecimal ulp = BigDecimal.ONE.scaleByPowerOfTen(1 - printed.scale());
        BigDecimal below = printed.subtract(printed.remainder(ulp));
        assertTrue(below.doubleValue() != value, () -> below + " is shorter than " + printed);
        BigDecimal above = below.add(ulp);
        assertTrue(above.doubleValue() != value, () -> above + " is shorter than " + printed);
      }
    }
  }
}
