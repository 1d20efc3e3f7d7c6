package io.bisift.benchmarks.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class GrowthPlotTest {
  @Test
  void drawsEveryPointWithinThePicture() throws Exception {
    PlotPanel panel =
        new PlotPanel(
            "seconds",
            Map.of("a <b>", List.of(new PlotPanel.Point(0.15, 2), new PlotPanel.Point(15, 130.5))));

    String svg = GrowthPlot.svg(panel, panel);

    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertEquals(2, document.getElementsByTagName("polyline").getLength());
    assertEquals(2 * 2 + 1, document.getElementsByTagName("circle").getLength()); // and the legend
    assertTrue(svg.contains("a &lt;b>"));
  }

  @Test
  void axesRunBetweenRoundNumbers() {
    LogAxis axis = LogAxis.over(new double[] {0.15, 15}, 0, 100);

    assertEquals(0.1, axis.low(), 1e-12);
    assertEquals(20, axis.high(), 1e-12);
    assertEquals(0, axis.position(0.1), 1e-9);
    assertEquals(100, axis.position(20), 1e-9);
    assertEquals(
        List.of("0.1", "0.2", "0.5", "1", "2", "5", "10", "20"),
        axis.ticks().stream().map(LogAxis::label).toList());
  }
}
