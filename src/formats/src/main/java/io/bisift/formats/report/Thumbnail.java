package io.bisift.formats.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Small pictures that stand inside a page. */
public final class Thumbnail {
  private static final int LARGEST = 320;

  private Thumbnail() {}

  /**
   * A picture, made small, as a {@code data:} address.
   *
   * @param file PNG, JPEG or what else the JDK reads
   * @return nothing if it cannot be read
   */
  public static Optional<String> of(byte[] file) {
    try {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
      if (picture == null) {
        return Optional.empty();
      }
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(small(picture), "jpeg", jpeg);
      String base64 = Base64.getEncoder().encodeToString(jpeg.toByteArray());
      return Optional.of("data:image/jpeg;base64," + base64);
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // the JDK's readers throw all sorts of things at broken files
    }
  }

  private static BufferedImage small(BufferedImage picture) {
    int largest = Math.max(picture.getWidth(), picture.getHeight());
    double scale = Math.min(1, (double) LARGEST / largest);
    int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(picture, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
