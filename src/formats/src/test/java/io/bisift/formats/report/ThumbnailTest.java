package io.bisift.formats.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {
  private static final String START = "data:image/jpeg;base64,";

  private static byte[] png(int width, int height, int type) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, type), "png", file);
    return file.toByteArray();
  }

  private static BufferedImage small(byte[] file) throws IOException {
    String uri = Thumbnail.of(file).orElseThrow();
    assertTrue(uri.startsWith(START), uri);
    byte[] jpeg = Base64.getDecoder().decode(uri.substring(START.length()));
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  @ParameterizedTest
  @CsvSource({"640,480,320,240", "100,50,100,50", "1,900,1,320", "900,1,320,1", "320,320,320,320"})
  void largePicturesAreMadeSmall(int width, int height, int toWidth, int toHeight)
      throws IOException {
    BufferedImage small = small(png(width, height, BufferedImage.TYPE_INT_RGB));
    assertEquals(toWidth, small.getWidth());
    assertEquals(toHeight, small.getHeight());
  }

  @Test
  void whatIsTransparentIsWhite() throws IOException {
    BufferedImage small = small(png(40, 40, BufferedImage.TYPE_INT_ARGB));
    assertEquals(0xFFFFFFFF, small.getRGB(20, 20));
  }

  @Test
  void brokenPicturesAreNone() throws IOException {
    byte[] file = png(64, 64, BufferedImage.TYPE_INT_RGB);
    assertEquals(Optional.empty(), Thumbnail.of(new byte[0]));
    assertEquals(Optional.empty(), Thumbnail.of(new byte[] {1, 2, 3}));
    assertEquals(Optional.empty(), Thumbnail.of(Arrays.copyOf(file, 40)));
  }
}
