package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SynthParametersTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1001, Double.NaN})
  void refuseAScaleOutOfRange(double scale) {
    UserException refused = assertThrows(UserException.class, () -> Corpora.ofScale(scale));
    assertEquals("--scale must be above 0 and at most 1000, was " + scale, refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 0.95, Double.NaN})
  void refuseAShareOfBrokenLinesOutOfRange(double bad) {
    UserException refused = assertThrows(UserException.class, () -> Corpora.withBad(bad));
    assertEquals("--bad must be from 0 to 0.9, was " + bad, refused.getMessage());
  }

  @Test
  void refuseFewerFilesThanOne() {
    UserException refused = assertThrows(UserException.class, () -> Corpora.inFiles(0));
    assertEquals("--files must be at least 1, was 0", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 1132})
  void refuseFilesThatCannotBeFilled(int files) {
    UserException refused =
        assertThrows(
            UserException.class, () -> new Synth(Corpora.inFiles(files), Path.of("unused")));
    assertEquals(
        "--files must be from 38 (the sources) to 1131 (the rollouts), was " + files,
        refused.getMessage());
  }
}
