package io.bisift.model.image;

import java.util.Arrays;

/**
 * A picture of eight bits a channel. The bytes are not copied: whoever hands them over leaves them
 * alone.
 */
public final class RgbImage {
  /** Bytes of a pixel. */
  public static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] rgb;

  /**
   * @param rgb red, green, blue for each pixel, rows from the top, without padding
   */
  public RgbImage(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || (long) width * height * CHANNELS != rgb.length) {
      throw new IllegalArgumentException(
          width + " x " + height + " pixels, " + rgb.length + " bytes");
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** A picture of one shade of grey. */
  static RgbImage filled(int width, int height, int level) {
    byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), CHANNELS)];
    Arrays.fill(rgb, (byte) level);
    return new RgbImage(width, height, rgb);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Its bytes, {@code (height, width, 3)}; not a copy. */
  public byte[] rgb() {
    return rgb;
  }

  /** Puts another picture here, which must fit. */
  void paste(RgbImage other, int left, int top) {
    for (int row = 0; row < other.height; row++) {
      System.arraycopy(
          other.rgb,
          row * other.width * CHANNELS,
          rgb,
          ((top + row) * width + left) * CHANNELS,
          other.width * CHANNELS);
    }
  }

  /** The bytes of a square of it. */
  byte[] square(int left, int top, int size) {
    byte[] out = new byte[size * size * CHANNELS];
    for (int row = 0; row < size; row++) {
      System.arraycopy(
          rgb,
          ((top + row) * width + left) * CHANNELS,
          out,
          row * size * CHANNELS,
          size * CHANNELS);
    }
    return out;
  }
}
