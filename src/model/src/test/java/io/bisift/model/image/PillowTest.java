package io.bisift.model.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Pillow 9.4 made of pictures of many kinds and of sizes of all sorts, to the bit. */
class PillowTest {
  private static byte[] resource(String name) {
    try (InputStream in = PillowTest.class.getResourceAsStream("/pillow/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> table(String name) {
    return new String(resource(name), StandardCharsets.UTF_8).lines().toList();
  }

  static List<String> decoded() {
    return table("decoded.tsv");
  }

  static List<String> resized() {
    return table("resized.tsv");
  }

  @ParameterizedTest
  @MethodSource("decoded")
  void decodesAsPillow(String line) throws BrokenImageException {
    String[] row = line.split("\t", -1);
    byte[] file = resource(row[0]);
    if (row[1].equals("rejected")) {
      BrokenImageException e =
          assertThrows(BrokenImageException.class, () -> ImageDecoder.decode(file));
      assertFalse(e.getMessage().isBlank());
      assertEquals(1, e.getMessage().lines().count());
      return;
    }
    RgbImage picture = ImageDecoder.decode(file);
    assertEquals(row[1] + " " + row[2], picture.width() + " " + picture.height());
    assertEquals(row[3], Sha256.of(picture.rgb()));
  }

  @ParameterizedTest
  @MethodSource("resized")
  void resizesAsPillow(String line) {
    String[] row = line.split("\t", -1);
    RgbImage picture = pattern(Integer.parseInt(row[0]), Integer.parseInt(row[1]));
    RgbImage resized =
        BicubicResize.resize(picture, Integer.parseInt(row[2]), Integer.parseInt(row[3]));
    assertEquals(row[4], Sha256.of(resized.rgb()));
  }

  /** Edges and noise. */
  private static RgbImage pattern(int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i++) {
      int c = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      rgb[i] = (byte) (x * 7 + y * 13 + c * 29 + (x * y) % 17 * 11 + ((x / 5 + y / 3) % 2) * 160);
    }
    return new RgbImage(width, height, rgb);
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertReason("an empty file", new byte[0]);
    assertReason(
        "neither PNG, JPEG, WebP nor GIF", "BM, says a bitmap".getBytes(StandardCharsets.US_ASCII));
    assertReason("the file is cut short", resource("jpg_trunc.jpg"));
    assertReason("the file is cut short", resource("webp_trunc.webp"));
  }

  @Test
  void refusesBombsBeforeUnfoldingThem() {
    byte[] png = resource("png_g8.png");
    png[16] = 0x10; // width, big-endian
    assertReason("268435493 x 23 pixels are more than the 89478485 allowed", png);
    byte[] gif = resource("gif_plain.gif");
    gif[7] = (byte) 0xFF;
    gif[9] = (byte) 0xFF;
    assertReason("pixels are more than the 89478485 allowed", gif);
  }

  @Test
  void survivesDamage() {
    Random random = new Random(7);
    List<String> rows = decoded();
    int rejected = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] file = resource(rows.get(random.nextInt(rows.size())).split("\t", -1)[0]);
      for (int change = random.nextInt(4); change >= 0; change--) {
        file[random.nextInt(Math.min(file.length, change == 0 ? 64 : file.length))] =
            (byte) random.nextInt(256);
      }
      try {
        ImageDecoder.decode(file);
      } catch (BrokenImageException e) {
        rejected++;
      }
    }
    assertFalse(rejected == 0);
  }

  private static void assertReason(String reason, byte[] file) {
    BrokenImageException e =
        assertThrows(BrokenImageException.class, () -> ImageDecoder.decode(file));
    assertEquals(true, e.getMessage().contains(reason), e.getMessage());
  }
}
