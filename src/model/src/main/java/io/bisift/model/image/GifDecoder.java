package io.bisift.model.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * First frame of a GIF, on its canvas: LZW by the JDK's reader, place and colours by the file.
 * Around a frame that is smaller stands the transparent colour, or else the first one, as in
 * Pillow.
 */
final class GifDecoder {
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int FRAME = 0x2C;
  private static final int HEADER = 13;

  private GifDecoder() {}

  static RgbImage decode(Bytes file) throws IOException, BrokenImageException {
    Frame frame = Frame.first(file);
    PictureLimits.check(frame.canvasWidth, frame.canvasHeight);
    ImageReader reader = Bytes.jdkReader("GIF");
    try (ImageInputStream stream = file.stream()) {
      reader.setInput(stream, true, true);
      BufferedImage image = reader.read(0);
      return frame.paint(image.getRaster());
    } finally {
      reader.dispose();
    }
  }

  /** Where the first frame stands, and its colours. */
  private static final class Frame {
    private final int canvasWidth;
    private final int canvasHeight;
    private final int left;
    private final int top;
    private final int background;

    /** Three bytes a colour; what it lacks is a shade of grey. */
    private final byte[] palette;

    private Frame(
        int canvasWidth, int canvasHeight, int left, int top, int background, byte[] palette) {
      this.canvasWidth = canvasWidth;
      this.canvasHeight = canvasHeight;
      this.left = left;
      this.top = top;
      this.background = background;
      this.palette = palette;
    }

    static Frame first(Bytes file) throws BrokenImageException {
      int flags = file.at(10);
      int at = HEADER;
      byte[] palette = new byte[0];
      if ((flags & 0x80) != 0) {
        palette = palette(file, at, flags);
        at += palette.length;
      }
      int background = 0;
      while (file.at(at) == EXTENSION) {
        if (file.at(at + 1) == GRAPHIC_CONTROL && (file.at(at + 3) & 1) != 0) {
          background = file.at(at + 6);
        }
        at = endOfBlocks(file, at + 2);
      }
      if (file.at(at) != FRAME) {
        throw new BrokenImageException("a GIF without a picture");
      }
      int left = file.littleEndian16(at + 1);
      int top = file.littleEndian16(at + 3);
      int width = file.littleEndian16(at + 5);
      int height = file.littleEndian16(at + 7);
      int local = file.at(at + 9);
      at += 10;
      if ((local & 0x80) != 0) {
        palette = palette(file, at, local);
        at += palette.length;
      }
      PictureLimits.check(width, height);
      endOfBlocks(file, at + 1); // the JDK's reader makes up what is missing
      return new Frame(
          Math.max(file.littleEndian16(6), left + width),
          Math.max(file.littleEndian16(8), top + height),
          left,
          top,
          background,
          palette);
    }

    private static byte[] palette(Bytes file, int at, int flags) throws BrokenImageException {
      byte[] palette = new byte[RgbImage.CHANNELS << ((flags & 7) + 1)];
      for (int i = 0; i < palette.length; i++) {
        palette[i] = (byte) file.at(at + i);
      }
      return palette;
    }

    private static int endOfBlocks(Bytes file, int from) throws BrokenImageException {
      int at = from;
      while (file.at(at) != 0) {
        at += 1 + file.at(at);
      }
      return at + 1;
    }

    RgbImage paint(Raster indices) {
      byte[] rgb = new byte[canvasWidth * canvasHeight * RgbImage.CHANNELS];
      for (int i = 0; i < rgb.length; i += RgbImage.CHANNELS) {
        set(rgb, i, background);
      }
      int[] row = new int[indices.getWidth()];
      for (int y = 0; y < indices.getHeight(); y++) {
        indices.getSamples(0, y, row.length, 1, 0, row);
        int at = ((top + y) * canvasWidth + left) * RgbImage.CHANNELS;
        for (int index : row) {
          set(rgb, at, index);
          at += RgbImage.CHANNELS;
        }
      }
      return new RgbImage(canvasWidth, canvasHeight, rgb);
    }

    private void set(byte[] rgb, int at, int index) {
      int from = index * RgbImage.CHANNELS;
      for (int i = 0; i < RgbImage.CHANNELS; i++) {
        rgb[at + i] = from < palette.length ? palette[from + i] : (byte) index;
      }
    }
  }
}
