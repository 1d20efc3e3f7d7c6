package io.bisift.trainer.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsFileTest {
  @TempDir Path temp;

  @Test
  void aRunTakenUpAgainForgetsWhatComesLater() throws Exception {
    Path file = temp.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.resume(file, 0)) {
      for (int step = 1; step <= 5; step++) {
        metrics.write(step, "train", Map.of("loss", 1.0 / step));
      }
    }
    Files.writeString(file, "{\"step\": 6, \"ki", StandardOpenOption.APPEND);
    try (MetricsFile metrics = MetricsFile.resume(file, 3)) {
      metrics.write(4, "train", Map.of("loss", 9.0));
    }
    assertEquals(4, MetricsFile.read(file).size());
    assertEquals(9.0, MetricsFile.read(file).get(3).path("loss").asDouble());
  }

  @Test
  void theCurveIsAPictureWithoutHoles() throws Exception {
    Path file = temp.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.resume(file, 0)) {
      for (int step = 1; step <= 50; step++) {
        metrics.write(step, "train", Map.of("loss", 1.0 / step));
      }
      metrics.write(50, "eval", Map.of("loss", 0.3));
    }
    String svg = LossCurve.svg(MetricsFile.read(file));
    assertTrue(svg.startsWith("<svg ") && svg.strip().endsWith("</svg>"));
    assertEquals(3, svg.split("<polyline", -1).length - 1);
    assertFalse(svg.contains("NaN"));
    assertFalse(LossCurve.svg(java.util.List.of()).contains("NaN"));
  }
}
