package io.bisift.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonTextTest {
  private static final String SPACE =
      PythonSpaces.ALL.stream()
          .map(c -> String.format("\\x{%x}", c))
          .collect(Collectors.joining("", "[", "]"));
  private static final Pattern AROUND = Pattern.compile("^" + SPACE + "+|" + SPACE + "+$");
  private static final Pattern WORD = Pattern.compile("[^" + SPACE + "]+");

  /** Spaces, near misses, letters of one to four bytes. */
  @Provide
  Arbitrary<String> spacedText() {
    Arbitrary<String> space = Arbitraries.of(PythonSpaces.ALL).map(Character::toString);
    Arbitrary<String> other =
        Arbitraries.of("a", "é", "漢", "😀", "\u200b", "\ufeff", "\u180e", "\u0000", "\u007f");
    return Arbitraries.oneOf(space, space, other).list().ofMaxSize(12).map(s -> String.join("", s));
  }

  @Test
  void knowsAllOfPythonsWhiteSpaceAndNoMore() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertEquals(PythonSpaces.ALL.contains(c), PythonText.isSpace(c), Integer.toHexString(c));
    }
  }

  @Property(tries = 5_000)
  void stripsWhiteSpaceFromBothEndsOnly(@ForAll("spacedText") String text) {
    assertEquals(AROUND.matcher(text).replaceAll(""), PythonText.strip(text));
  }

  @Property(tries = 5_000)
  void countsRunsOfOtherCharactersAsWords(@ForAll("spacedText") String text) {
    assertEquals(WORD.matcher(text).results().count(), PythonText.countWords(text));
  }

  @Property(tries = 5_000)
  void stripsBytesAsItStripsCharacters(@ForAll("spacedText") String text) {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    byte[] buffer = new byte[line.length + 6];
    buffer[2] = ' ';
    System.arraycopy(line, 0, buffer, 3, line.length);
    buffer[line.length + 3] = ' ';
    int start = PythonText.stripStart(buffer, 3, 3 + line.length);
    int end = PythonText.stripEnd(buffer, start, 3 + line.length);
    assertEquals(
        PythonText.strip(text), new String(buffer, start, end - start, StandardCharsets.UTF_8));
  }

  @Test
  void stripsTextOfSpacesToNothing() {
    byte[] blank = "\u3000\u00a0 \u2028".getBytes(StandardCharsets.UTF_8);
    assertEquals(blank.length, PythonText.stripStart(blank, 0, blank.length));
    assertEquals(0, PythonText.stripEnd(blank, 0, blank.length));
    assertEquals("", PythonText.strip("\u3000\u00a0 \u2028"));
    assertEquals(0, PythonText.countWords("\u3000\u00a0 \u2028"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud800", "a\ud83d", "\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00", "😀\ude00"})
  void findsALoneSurrogate(String text) {
    assertTrue(PythonText.hasLoneSurrogate(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "😀", "a😀😀b", "\ud7ff\ue000", "\udbff\udfff"})
  void takesWholePairs(String text) {
    assertFalse(PythonText.hasLoneSurrogate(text));
  }

  @Property(tries = 5_000)
  void aSurrogateIsLoneWhereTheEncoderRefusesIt(@ForAll("surrogates") String text) {
    boolean refused;
    try {
      StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
      refused = false;
    } catch (CharacterCodingException e) {
      refused = true;
    }
    assertEquals(refused, PythonText.hasLoneSurrogate(text));
  }

  @Provide
  Arbitrary<String> surrogates() {
    return Arbitraries.strings()
        .withChars('a', '\ud800', '\udbff', '\udc00', '\udfff')
        .ofMaxLength(6);
  }

  @Test
  void countsWordsInEscapedBytesAsInText() {
    String[] parts = {
      "a", " ", "\n", "\\", "\"", "\t", "\u00a0", "\u3000", "é", "b c", "ab", "\u200b"
    };
    Random random = new Random(4);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(parts[random.nextInt(i % 2 == 0 ? 2 : parts.length)]);
      }
      byte[] escaped = new JsonBytes().raw("xx").escaped(text.toString()).raw("xx").toByteArray();
      assertEquals(
          PythonText.countWords(text.toString()),
          PythonText.countWords(escaped, 2, escaped.length - 2),
          text.toString());
    }
  }
}
