package io.bisift.core.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, '', 3",
    "abc, abd, 1",
    "abc, acb, 1",
    "abc, abcd, 1",
    "topRatio, topratio, 1",
    "kitten, sitting, 3",
  })
  void countsEdits(String a, String b, int distance) {
    assertEquals(distance, Suggestion.distance(a, b));
    assertEquals(distance, Suggestion.distance(b, a));
  }

  @Test
  void guessesOnlyWhatIsNear() {
    List<String> words = List.of("select", "convert", "stream");
    assertEquals(Optional.of("select"), Suggestion.nearest("selcet", words));
    assertEquals(Optional.of("convert"), Suggestion.nearest("CONVERT", words));
    assertEquals(Optional.empty(), Suggestion.nearest("train", words));
    assertEquals(Optional.empty(), Suggestion.nearest("x", List.of()));
  }
}
