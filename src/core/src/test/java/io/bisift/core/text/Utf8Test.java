package io.bisift.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
  /** The first and last of every class of bytes. */
  private static final byte[] BOUNDARIES =
      HexFormat.of()
          .parseHex(
              "00617f80" + "8f909fa0" + "bfc0c1c2" + "dfe0e1ec" + "edeeeff0" + "f1f3f4f5f7f8ff");

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(256);

  /** Where the JDK's strict decoder stops, or -1. */
  private int firstInvalid(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    decoded.clear();
    decoder.reset().decode(in, decoded, true);
    return in.hasRemaining() ? in.position() : -1;
  }

  private void check(byte[] bytes) {
    int expected = firstInvalid(bytes);
    int actual = Utf8.firstInvalid(bytes, 0, bytes.length);
    if (actual != expected) { // no message for those that agree: there are many
      assertEquals(expected, actual, HexFormat.of().formatHex(bytes));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "c080, 0, overlong NUL",
    "c1bf, 0, overlong ASCII",
    "61e09fbf, 1, overlong in three bytes",
    "f08fbfbf, 0, overlong in four bytes",
    "eda080, 0, first surrogate",
    "edbfbf, 0, last surrogate",
    "f4908080, 0, above U+10FFFF",
    "f5808080, 0, far above",
    "fe, 0, never a byte of UTF-8",
    "ff, 0, never a byte of UTF-8",
    "80, 0, continuation alone",
    "c3, 0, two bytes cut",
    "61e282, 1, three bytes cut",
    "f09f98, 0, four bytes cut",
    "c361, 0, continuation missing",
    "efbbbf, -1, byte-order mark",
    "efbfbf, -1, U+FFFF",
    "ed9fbf, -1, before the surrogates",
    "ee8080, -1, behind the surrogates",
    "f48fbfbf, -1, U+10FFFF",
    "'', -1, nothing"
  })
  void findsTheFirstByteThatIsNotUtf8(String hex, int expected, String what) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertEquals(expected, Utf8.firstInvalid(bytes, 0, bytes.length), what);
  }

  @Test
  void takesEveryCodePoint() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
        assertEquals(-1, Utf8.firstInvalid(bytes, 0, bytes.length));
      }
    }
  }

  @Test
  void agreesWithTheJdkOnAllPairsOfBytes() {
    for (int pair = 0; pair < 1 << 16; pair++) {
      check(new byte[] {(byte) (pair >> 8), (byte) pair});
    }
  }

  @Test
  void agreesWithTheJdkOnUpToFourBoundaryBytes() {
    for (int length = 1; length <= 4; length++) {
      int cases = (int) Math.pow(BOUNDARIES.length, length);
      for (int i = 0; i < cases; i++) {
        byte[] bytes = new byte[length];
        for (int at = 0, rest = i; at < length; at++, rest /= BOUNDARIES.length) {
          bytes[at] = BOUNDARIES[rest % BOUNDARIES.length];
        }
        check(bytes);
      }
    }
  }

  @Property(tries = 5_000)
  void agreesWithTheJdkInTheMiddleOfText(
      @ForAll @IntRange(max = 40) int before,
      @ForAll @IntRange(max = 20) int after,
      @ForAll byte[] odd) {
    byte[] middle = odd.length > 9 ? Arrays.copyOf(odd, 9) : odd;
    byte[] bytes = new byte[before + middle.length + after];
    Arrays.fill(bytes, (byte) 'a');
    System.arraycopy(middle, 0, bytes, before, middle.length);
    check(bytes);
  }

  @Test
  void seesNothingOutsideItsRange() {
    byte[] bytes = HexFormat.of().parseHex("ff" + "61".repeat(20) + "c3a9" + "80");
    assertEquals(-1, Utf8.firstInvalid(bytes, 1, bytes.length - 1));
    assertEquals(21, Utf8.firstInvalid(bytes, 1, bytes.length - 2), "cut in the character");
    assertEquals(23, Utf8.firstInvalid(bytes, 1, bytes.length));
  }
}
