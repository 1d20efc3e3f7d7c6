package io.bisift.formats.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotTest {
  private static final String HOSTILE = "a<b> & \"c\"</title><script>";

  @Test
  void axesEndAtRoundNumbersAndNameEveryTick() {
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Axis.unit("")));
    assertEquals(List.of("0", "500", "1,000", "1,500"), labels(Axis.upTo("", 1234)));
    assertEquals(
        List.of("0.70", "0.72", "0.74", "0.76", "0.78", "0.80"),
        labels(Axis.around("", 0.71, 0.79)));
    assertTrue(Axis.around("", 0.5, 0.5).to() > 0.5);
    assertEquals(1, Axis.upTo("", 0).to());
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(axis::label).toList();
  }

  @Test
  void aPointLiesWhereTheAxesPutIt() throws Exception {
    Plot plot = new Plot("t", new Axis("x", 10, 20), new Axis("y", -1, 1));
    NodeList dots =
        parse(plot.dots("d", new double[] {10, 15, 20}, new double[] {-1, 0, 1}))
            .getElementsByTagName("circle");
    assertEquals("62.0 272.0", place(dots, 0));
    assertEquals("253.0 156.0", place(dots, 1));
    assertEquals("444.0 40.0", place(dots, 2));
  }

  private static String place(NodeList dots, int index) {
    Element dot = (Element) dots.item(index);
    return dot.getAttribute("cx") + " " + dot.getAttribute("cy");
  }

  @Test
  void namesStayText() throws Exception {
    double[] one = {0.5};
    Plot plot = new Plot(HOSTILE, Axis.unit(HOSTILE), Axis.unit(HOSTILE));
    Element svg = parse(plot.dots(HOSTILE, one, one).line(HOSTILE, one, one));
    assertEquals(0, svg.getElementsByTagName("script").getLength());
    assertEquals(HOSTILE, svg.getElementsByTagName("title").item(0).getTextContent());
    assertEquals(HOSTILE + ": 0.5000", svg.getElementsByTagName("title").item(1).getTextContent());
    long texts = 0;
    NodeList all = svg.getElementsByTagName("text");
    for (int i = 0; i < all.getLength(); i++) {
      texts += all.item(i).getTextContent().equals(HOSTILE) ? 1 : 0;
    }
    assertEquals(5, texts, "title, two axes, two lines of the legend");
    Element bars = parse(Plot.ofCategories("t", List.of("<i>", "&"), Axis.unit("y")));
    assertTrue(bars.getTextContent().contains("<i>"), bars.getTextContent());
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    assertEquals("a😀b", Plot.shortened("a😀b", 3));
    assertEquals("a…", Plot.shortened("a😀bc", 2));
    assertEquals("a😀…", Plot.shortened("a😀bc", 3));
  }

  private static Element parse(Plot plot) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(plot.svg().getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }
}
