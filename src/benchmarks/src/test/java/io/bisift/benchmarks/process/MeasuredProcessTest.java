package io.bisift.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.benchmarks.Program.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class MeasuredProcessTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir Path folder;

  @Test
  void seesTimeAndMemory() throws Exception {
    Measure measure = run("-Xms64m", "-XX:+AlwaysPreTouch", "-version");

    assertTrue(measure.seconds() > 0.01 && measure.seconds() < 60, measure.toString());
    assertTrue(
        measure.peakBytes() > 64 << 20 && measure.peakBytes() < 1L << 30, measure.toString());
  }

  @Test
  void seesTheMemoryOfWhatTheProcessStarts() throws Exception {
    String script = JAVA + " -Xms64m -XX:+AlwaysPreTouch -version; true";
    Measure measure = MeasuredProcess.run(List.of("bash", "-c", script), folder.resolve("log"));

    assertTrue(measure.peakBytes() > 64 << 20, measure.toString());
  }

  @Test
  void tellsWhatAFailedProcessPrinted() {
    Failure failure = assertThrows(Failure.class, () -> run("-no-such-option"));

    assertTrue(failure.getMessage().contains("exit code 1 of " + JAVA), failure.getMessage());
    assertTrue(
        failure.getMessage().contains("Unrecognized option: -no-such-option"),
        failure.getMessage());
  }

  @Test
  void mediansAreTakenOneByOne() {
    Measure median =
        Measure.median(List.of(new Measure(3, 10), new Measure(1, 30), new Measure(2, 20)));

    assertEquals(new Measure(2, 20), median);
    assertEquals(
        new Measure(1.5, 15), Measure.median(List.of(new Measure(1, 10), new Measure(2, 20))));
    assertEquals(
        new Measure(1, 20), Measure.undisturbed(List.of(new Measure(1, 10), new Measure(2, 20))));
  }

  private Measure run(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(List.of(options));
    return MeasuredProcess.run(command, folder.resolve("log"));
  }
}
