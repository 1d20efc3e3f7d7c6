package io.bisift.model.input;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Tiles as numbers: each channel over 255, minus ImageNet's mean, over its deviation. */
public final class PixelValues {
  private static final int CHANNELS = 3;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
  private static final float[][] LEVELS = levels();

  private PixelValues() {}

  private static float[][] levels() {
    float[][] levels = new float[CHANNELS][256];
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        levels[channel][value] = (value / 255f - MEAN[channel]) / DEVIATION[channel];
      }
    }
    return levels;
  }

  /**
   * Some tiles.
   *
   * @param tiles RGB bytes, (size, size, 3) each; at least one
   * @param owner of the result, on whose device it is
   * @return [T, 3, size, size], float32
   */
  public static NDArray of(List<byte[]> tiles, int size, NDManager owner) {
    int plane = size * size;
    FloatBuffer values =
        ByteBuffer.allocateDirect(tiles.size() * CHANNELS * plane * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    float[] row = new float[plane];
    for (byte[] tile : tiles) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int i = 0; i < plane; i++) {
          row[i] = LEVELS[channel][tile[i * CHANNELS + channel] & 0xFF];
        }
        values.put(row);
      }
    }
    return owner.create(values.flip(), new Shape(tiles.size(), CHANNELS, size, size));
  }
}
