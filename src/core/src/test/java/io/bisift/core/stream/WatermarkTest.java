package io.bisift.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatermarkTest {
  private static final LogShard ONE = new LogShard("t", 1);
  private static final LogShard TWO = new LogShard("t", 2);
  private static final LogShard THREE = new LogShard("t", 3);
  private static final EventWindows WINDOWS = new EventWindows(1000, 0, 60);
  private static final long NOW = 1_000_000;

  private final Watermark watermark = new Watermark();

  @BeforeEach
  void expectTwo() {
    watermark.expect(List.of(ONE, TWO), NOW);
  }

  private long advance(long now) {
    watermark.advance(WINDOWS, now);
    return watermark.at();
  }

  @Test
  void isWhereTheShardIsThatIsFurthestBehind() {
    watermark.hear(ONE, 500, NOW);
    assertEquals(Watermark.START, advance(NOW), "nothing was heard of the other");
    watermark.hear(TWO, 300, NOW);
    assertEquals(300, advance(NOW));
    watermark.hear(TWO, 200, NOW);
    assertEquals(300, advance(NOW));
    watermark.hear(TWO, 700, NOW);
    assertEquals(500, advance(NOW));
  }

  @Test
  void doesNotWaitForAShardWithoutNews() {
    watermark.hear(ONE, 500, NOW + 50);
    assertEquals(Watermark.START, advance(NOW + 59));
    assertEquals(500, advance(NOW + 60));
  }

  @Test
  void neverGoesBack() {
    watermark.hear(ONE, 500, NOW);
    watermark.hear(TWO, 500, NOW);
    advance(NOW);
    watermark.hear(THREE, 100, NOW);
    assertEquals(500, advance(NOW));
  }

  @Test
  void doesNotBelieveInTheFuture() {
    watermark.hear(ONE, 10 * NOW, NOW);
    watermark.hear(TWO, 10 * NOW, NOW);
    assertEquals(NOW, advance(NOW));
    assertEquals(NOW + 7, advance(NOW + 7));
  }

  @Test
  void comesBackAsItWas() throws IOException {
    watermark.hear(ONE, 500, NOW);
    watermark.hear(TWO, 300, NOW);
    advance(NOW);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Watermark.write(watermark, new DataOutputStream(bytes));
    Watermark read =
        Watermark.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(300, read.at());
    read.expect(List.of(), NOW);
    read.hear(TWO, 900, NOW);
    read.advance(WINDOWS, NOW);
    assertEquals(500, read.at());
  }
}
