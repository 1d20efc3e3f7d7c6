package io.bisift.core.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
  private static <T> byte[] bytes(Wire.Writer<T> writer, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> String hex(Wire.Writer<T> writer, T value) throws IOException {
    return HexFormat.of().formatHex(bytes(writer, value));
  }

  /** What is read back, once all bytes are used up. */
  private static <T> T reread(Wire.Writer<T> writer, Wire.Reader<T> reader, T value)
      throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(writer, value));
    T copy = reader.read(new DataInputStream(in));
    assertEquals(0, in.available(), "bytes left");
    return copy;
  }

  private static DataInputStream in(String hex) {
    return new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "1, 01",
    "127, 7f",
    "128, 8001",
    "300, ac02",
    "9223372036854775807, ffffffffffffffff7f",
    "-1, ffffffffffffffffff01",
    "-9223372036854775808, 80808080808080808001"
  })
  void writesLongsInSevenBitGroups(long value, String hex) throws IOException {
    assertEquals(hex, hex(Wire::writeLong, value));
    assertEquals(value, Wire.readLong(in(hex)));
  }

  @ParameterizedTest
  @CsvSource({"0, 00", "128, 8001", "2147483647, ffffffff07", "-1, ffffffff0f"})
  void writesIntsInAtMostFiveBytes(int value, String hex) throws IOException {
    assertEquals(hex, hex(Wire::writeInt, value));
    assertEquals(value, Wire.readInt(in(hex)));
  }

  @Property
  void readsAnyLong(@ForAll long value) throws IOException {
    assertEquals(value, reread(Wire::writeLong, Wire::readLong, value));
  }

  @Property
  void readsAnyInt(@ForAll int value) throws IOException {
    assertEquals(value, reread(Wire::writeInt, Wire::readInt, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "\u0000", "é漢😀", "\r\n\u2028", "\ufeff\uffff"})
  void readsAnyString(String text) throws IOException {
    assertEquals(text, reread(Wire::writeString, Wire::readString, text));
  }

  @Test
  void readsStringsOfAnyLength() throws IOException {
    String text = "é漢😀".repeat(100_000);
    assertEquals(text, reread(Wire::writeString, Wire::readString, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "é漢😀", "\ud800", "\ude00\ud83d", "a\udfff\u0000"})
  void readsTextThatUtf8CannotHold(String text) throws IOException {
    assertEquals(text, reread(Wire::writeText, Wire::readText, text));
  }

  @Property
  void readsAnyList(@ForAll @Size(max = 200) List<Long> values) throws IOException {
    assertEquals(
        values,
        reread(
            (list, out) -> Wire.writeList(list, Wire::writeLong, out),
            in -> Wire.readList(Wire::readLong, in),
            values));
  }

  @Test
  void tellsNothingFromSomething() throws IOException {
    assertEquals(
        "01" + "0161", hex((s, out) -> Wire.writeNullable(s, Wire::writeString, out), "a"));
    assertEquals("a", Wire.readNullable(Wire::readString, in("010161")));
    ByteArrayOutputStream nothing = new ByteArrayOutputStream();
    Wire.<String>writeNullable(null, Wire::writeString, new DataOutputStream(nothing));
    assertEquals("00", HexFormat.of().formatHex(nothing.toByteArray()));
    assertNull(Wire.readNullable(Wire::readString, in("00")));
  }

  @Test
  void refusesIntegersThatNeverEnd() {
    IOException e =
        assertThrows(IOException.class, () -> Wire.readLong(in("80808080808080808080" + "01")));
    assertEquals("a variable-length integer of more than 64 bits", e.getMessage());
  }

  @Test
  void noticesThatTheEndIsMissing() {
    assertThrows(EOFException.class, () -> Wire.readLong(in("80")));
    assertThrows(EOFException.class, () -> Wire.readString(in("0361")));
    assertThrows(EOFException.class, () -> Wire.readList(Wire::readLong, in("0201")));
  }
}
