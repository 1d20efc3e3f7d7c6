package io.bisift.model.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** PNG by the JDK's reader, its samples turned into RGB as Pillow does. */
final class PngDecoder {
  private static final int FIRST_CHUNK = 8;

  /** Length, name and checksum. */
  private static final int CHUNK_FRAME = 12;

  private static final int IHDR = 16;
  private static final int COLORS = 256;
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GREY_ALPHA = 4;

  private PngDecoder() {}

  static RgbImage decode(Bytes file) throws IOException, BrokenImageException {
    PictureLimits.check(file.bigEndian32(IHDR), file.bigEndian32(IHDR + 4));
    int colors = file.at(IHDR + 9);
    ImageReader reader = Bytes.jdkReader("PNG");
    try (ImageInputStream stream = file.stream()) {
      // without metadata: a broken comment is no reason to reject a picture
      reader.setInput(stream, true, true);
      BufferedImage image = reader.read(0);
      Raster raster = image.getRaster();
      int width = raster.getWidth();
      int height = raster.getHeight();
      if (colors == PALETTE) {
        return new RgbImage(width, height, lookedUp(raster, palette(file)));
      }
      if (colors == RGB && isPlainRgb(raster)) {
        return new RgbImage(width, height, ((DataBufferByte) raster.getDataBuffer()).getData());
      }
      boolean grey = colors == GREY || colors == GREY_ALPHA;
      int depth = raster.getSampleModel().getSampleSize(0);
      return new RgbImage(width, height, scaled(raster, grey, Levels.of(colors, depth)));
    } finally {
      reader.dispose();
    }
  }

  private static boolean isPlainRgb(Raster raster) {
    return raster.getDataBuffer() instanceof DataBufferByte bytes
        && bytes.getData().length == raster.getWidth() * raster.getHeight() * RgbImage.CHANNELS
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && Arrays.equals(model.getBandOffsets(), new int[] {0, 1, 2});
  }

  /** Red, green and blue of 256 colours; those that the file leaves out are shades of grey. */
  private static byte[] palette(Bytes file) throws BrokenImageException {
    byte[] palette = new byte[COLORS * RgbImage.CHANNELS];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (i / RgbImage.CHANNELS);
    }
    int at = FIRST_CHUNK;
    while (!file.has(at + 4, "PLTE")) {
      at = Math.addExact(at + CHUNK_FRAME, Math.toIntExact(file.bigEndian32(at)));
    }
    for (int i = 0; i < Math.min(palette.length, file.bigEndian32(at)); i++) {
      palette[i] = (byte) file.at(at + 8 + i);
    }
    return palette;
  }

  private static byte[] lookedUp(Raster raster, byte[] palette) {
    int width = raster.getWidth();
    byte[] rgb = new byte[width * raster.getHeight() * RgbImage.CHANNELS];
    int at = 0;
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int index : row) {
        for (int i = 0; i < RgbImage.CHANNELS; i++) {
          rgb[at++] = palette[index * RgbImage.CHANNELS + i];
        }
      }
    }
    return rgb;
  }

  /** Red, green and blue of pixels that may have more, or grey three times. */
  private static byte[] scaled(Raster raster, boolean grey, Levels levels) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[width * raster.getHeight() * RgbImage.CHANNELS];
    int at = 0;
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int from = 0; from < row.length; from += bands) {
        rgb[at++] = levels.eightBits(row[from]);
        rgb[at++] = levels.eightBits(row[grey ? from : from + 1]);
        rgb[at++] = levels.eightBits(row[grey ? from : from + 2]);
      }
    }
    return rgb;
  }

  /** What a sample becomes in eight bits. */
  private enum Levels {
    SAME {
      @Override
      byte eightBits(int sample) {
        return (byte) sample;
      }
    },
    ONE_BIT {
      @Override
      byte eightBits(int sample) {
        return (byte) (sample * 255);
      }
    },
    TWO_BITS {
      @Override
      byte eightBits(int sample) {
        return (byte) (sample * 85);
      }
    },
    FOUR_BITS {
      @Override
      byte eightBits(int sample) {
        return (byte) (sample * 17);
      }
    },
    HIGH_BYTE {
      @Override
      byte eightBits(int sample) {
        return (byte) (sample >> 8);
      }
    },
    /** Pillow takes 16-bit grey for whole numbers, and those beyond 255 for white. */
    CUT_OFF {
      @Override
      byte eightBits(int sample) {
        return (byte) Math.min(sample, 255);
      }
    };

    abstract byte eightBits(int sample);

    static Levels of(int colors, int depth) {
      return switch (depth) {
        case 1 -> ONE_BIT;
        case 2 -> TWO_BITS;
        case 4 -> FOUR_BITS;
        case 16 -> colors == GREY ? CUT_OFF : HIGH_BYTE;
        default -> SAME;
      };
    }
  }
}
