package io.bisift.runners.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartOptionsTest {
  private static String refusal(String... args) {
    return assertThrows(UserException.class, () -> StartOptions.parse(List.of(args))).getMessage();
  }

  @Test
  void areTakenInBothForms() {
    assertEquals(
        new ClusterSettings(3, 2, 8081, 512, null),
        StartOptions.parse(
            List.of("--workers", "3", "--slots=2", "--port=8081", "--worker-memory", "512")));
    assertEquals(ClusterSettings.DEFAULT, StartOptions.parse(List.of()));
  }

  @Test
  void sayWhatIsWrong() {
    assertEquals("--workers must be from 1 to 64, was 0", refusal("--workers=0"));
    assertEquals("--port needs a number, was 'x'", refusal("--port", "x"));
    assertEquals("--slots needs a number, was ''", refusal("--slots"));
    assertEquals(
        "start does not know --wrokers; runners/flink/cluster --help lists its options",
        refusal("--wrokers=2"));
  }
}
