package io.bisift.model.image;

import java.util.Arrays;

/**
 * Pillow's bicubic filter, to the bit: a = -0.5, widened when it shrinks a picture, weights rounded
 * to 22 binary places, first along rows, then along columns, each pass rounded to bytes. A pass
 * that would not change the size is left out.
 */
public final class BicubicResize {
  private static final double A = -0.5;
  private static final double SUPPORT = 2;
  private static final int PRECISION = 22;
  private static final int HALF = 1 << (PRECISION - 1);
  private static final int CHANNELS = RgbImage.CHANNELS;

  private BicubicResize() {}

  /** The picture in another size; itself where the size is its own. */
  public static RgbImage resize(RgbImage picture, int width, int height) {
    int inWidth = picture.width();
    int inHeight = picture.height();
    if (width == inWidth && height == inHeight) {
      return picture;
    }
    Taps down = Taps.of(inHeight, height);
    byte[] rows = picture.rgb();
    int rowBytes = width * CHANNELS;
    if (width != inWidth) {
      rows = alongRows(picture, Taps.of(inWidth, width));
    }
    if (height == inHeight) {
      return new RgbImage(width, height, rows);
    }
    return new RgbImage(width, height, alongColumns(rows, rowBytes, down));
  }

  private static byte[] alongRows(RgbImage picture, Taps taps) {
    int inWidth = picture.width();
    int height = picture.height();
    int width = taps.count();
    byte[] in = picture.rgb();
    byte[] out = new byte[Math.multiplyExact(height, width * CHANNELS)];
    int[] weights = taps.weights;
    for (int y = 0; y < height; y++) {
      int row = y * inWidth * CHANNELS;
      int at = y * width * CHANNELS;
      for (int x = 0; x < width; x++) {
        int weight = x * taps.most;
        int end = weight + taps.lengths[x];
        int from = row + taps.starts[x] * CHANNELS;
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (; weight < end; weight++) {
          int factor = weights[weight];
          red += (in[from] & 0xFF) * factor;
          green += (in[from + 1] & 0xFF) * factor;
          blue += (in[from + 2] & 0xFF) * factor;
          from += CHANNELS;
        }
        out[at] = clip(red);
        out[at + 1] = clip(green);
        out[at + 2] = clip(blue);
        at += CHANNELS;
      }
    }
    return out;
  }

  private static byte[] alongColumns(byte[] in, int rowBytes, Taps taps) {
    int height = taps.count();
    byte[] out = new byte[Math.multiplyExact(height, rowBytes)];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int from = taps.starts[y] * rowBytes;
      for (int i = 0; i < taps.lengths[y]; i++) {
        accumulate(sums, in, from, taps.weights[y * taps.most + i]);
        from += rowBytes;
      }
      int at = y * rowBytes;
      for (int x = 0; x < rowBytes; x++) {
        out[at + x] = clip(sums[x]);
      }
    }
    return out;
  }

  private static void accumulate(int[] sums, byte[] in, int from, int factor) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += (in[from + x] & 0xFF) * factor;
    }
  }

  private static byte clip(int sum) {
    int value = sum >> PRECISION;
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }

  /** Which pixels each output pixel is made of, and how much of each. */
  private static final class Taps {
    /** Room for the weights of one output pixel. */
    private final int most;

    /** First input pixel of each output pixel. */
    private final int[] starts;

    /** How many there are. */
    private final int[] lengths;

    /** {@code most} for each output pixel, in 22 binary places. */
    private final int[] weights;

    private Taps(int most, int[] starts, int[] lengths, int[] weights) {
      this.most = most;
      this.starts = starts;
      this.lengths = lengths;
      this.weights = weights;
    }

    int count() {
      return starts.length;
    }

    static Taps of(int in, int out) {
      double scale = (double) in / out;
      double filterScale = Math.max(scale, 1.0);
      double support = SUPPORT * filterScale;
      double inverse = 1.0 / filterScale;
      int most = (int) Math.ceil(support) * 2 + 1;
      int[] starts = new int[out];
      int[] lengths = new int[out];
      int[] weights = new int[Math.multiplyExact(out, most)];
      double[] exact = new double[most];
      for (int o = 0; o < out; o++) {
        double center = (o + 0.5) * scale;
        int from = Math.max(0, (int) (center - support + 0.5));
        int to = Math.min(in, (int) (center + support + 0.5));
        double sum = 0;
        for (int i = 0; i < to - from; i++) {
          exact[i] = bicubic((i + from - center + 0.5) * inverse);
          sum += exact[i];
        }
        for (int i = 0; i < to - from; i++) {
          double weight = sum == 0 ? exact[i] : exact[i] / sum;
          double scaled = weight * (1 << PRECISION);
          weights[o * most + i] = (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        starts[o] = from;
        lengths[o] = to - from;
      }
      return new Taps(most, starts, lengths, weights);
    }

    private static double bicubic(double distance) {
      double x = Math.abs(distance);
      if (x < 1.0) {
        return ((A + 2.0) * x - (A + 3.0)) * x * x + 1;
      }
      if (x < 2.0) {
        return (((x - 5) * x + 8) * x - 4) * A;
      }
      return 0.0;
    }
  }
}
