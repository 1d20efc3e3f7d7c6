package io.bisift.core.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.TestData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 7, 9, 10, 16, 99, 100, 12345, 999_999_999_999L, Long.MAX_VALUE})
  void writesWholeNumbers(long number) {
    assertEquals(Long.toString(number), new JsonBytes().number(number).toString());
  }

  @Test
  void remembersNumbersButNeverMistakesThem() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double value = i % 2 == 0 ? random.nextInt(20_000) / 16.0 : random.nextDouble();
      assertEquals(PythonFloat.print(value), new JsonBytes().number(value).toString());
    }
    for (int i = 0; i < 100_000; i++) {
      long power = (long) Math.pow(10, 1 + i % 17);
      double value = (double) (random.nextLong() & Long.MAX_VALUE) % power / power;
      for (double near : new double[] {value, Math.nextUp(value), Math.nextDown(value)}) {
        assertEquals(PythonFloat.print(near), new JsonBytes().number(near).toString());
      }
    }
    assertEquals("-0.0", new JsonBytes().number(-0.0).toString());
    assertEquals("0.0", new JsonBytes().number(0.0).toString());
  }

  private final JsonBytes json = new JsonBytes();

  @Test
  void writesEveryStringOfTheTableAsPythonDid() {
    List<String[]> table = TestData.table("/io/bisift/core/text/python-json-strings.tsv.gz");
    assertTrue(table.size() > 2_000, "rows: " + table.size());
    for (String[] row : table) {
      String text = TestData.utf16(row[0]);
      byte[] expected = HexFormat.of().parseHex(row[1]);
      assertArrayEquals(expected, json.clear().string(text).toByteArray(), row[0]);
      assertArrayEquals(expected, new JsonBytes().string(text).toByteArray(), row[0]);
    }
  }

  @Test
  void appendsInOrder() {
    json.raw("[").number(0.0625).raw(", ").string("é\n").raw(new byte[] {']'});
    assertEquals("[0.0625, \"é\\n\"]", json.toString());
    assertEquals("[0.0625, \"é\\n\"]".getBytes(StandardCharsets.UTF_8).length, json.length());
  }

  @Test
  void forgetsWhatWasThereWhenCleared() throws IOException {
    json.string("a long text that is forgotten");
    json.clear().raw("{}");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    json.writeTo(out);
    assertEquals("{}", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void growsToAnySize() {
    String longText = "\u0001é😀x".repeat(300_000);
    String escaped = "\\u0001é😀x".repeat(300_000);
    assertEquals("\"" + escaped + "\"", json.string(longText).toString());
    byte[] block = new byte[3_000_000];
    int before = json.length();
    assertEquals(before + block.length, json.raw(block).length());
    assertEquals(before + block.length + 10_000, json.raw("y".repeat(10_000)).length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud800", "a\udc00", "\ud83dx", "\ude00\ud83d", "😀\ud83d"})
  void refusesALoneSurrogate(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> json.string(text));
    assertTrue(e.getMessage().startsWith("lone surrogate at index "), e.getMessage());
  }
}
