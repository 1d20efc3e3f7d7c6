package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortDecimalTest {
  private static void check(String number) {
    byte[] buffer = Lines.utf8("9" + number + "9");
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(number)),
        Double.doubleToRawLongBits(ShortDecimal.parse(buffer, 1, buffer.length - 1)),
        number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "0.0",
        "0.0625",
        "1.0",
        "0.1",
        "0.3333333333333333",
        "0.6666666666666666",
        "0.9333333333333333",
        "0.30000000000000004",
        "0.00000000000000001",
        "9007199254740992",
        "9007199254740993",
        "900719925474099.3",
        "0.9007199254740993",
        "999999999999999999",
        "9999999999999999999",
        "0.99999999999999999",
        "1e-12",
        "1E5",
        "5e-324",
        "1e400",
        "0.1e1",
        "123456789012345678901234567890.5"
      })
  void readsAsJavaDoes(String number) {
    check(number);
  }

  @Property
  void readsAnyDecimalAsJavaDoes(
      @ForAll @LongRange(min = 0, max = 99_999_999_999_999_999L) long digits,
      @ForAll @IntRange(max = 17) int fraction) {
    String text = "0".repeat(18) + digits;
    int point = text.length() - fraction;
    String whole = text.substring(0, point).replaceFirst("^0+(?=[0-9])", "");
    check(fraction == 0 ? whole : whole + "." + text.substring(point));
  }
}
