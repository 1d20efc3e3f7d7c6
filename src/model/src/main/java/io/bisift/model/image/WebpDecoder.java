package io.bisift.model.image;

import com.luciad.imageio.webp.WebP;
import com.luciad.imageio.webp.WebPDecoderOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * WebP by libwebp, which takes single pictures only: the one picture, or the first frame of an
 * animation, is handed over in a container of its own, without its alpha plane, and put on a black
 * canvas.
 */
final class WebpDecoder {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;

  private WebpDecoder() {}

  static RgbImage decode(Bytes file) throws IOException, BrokenImageException {
    int canvasWidth = 0;
    int canvasHeight = 0;
    Chunk chunk = Chunk.at(file, FIRST_CHUNK, file.length());
    while (!chunk.isPicture(file)) {
      if (chunk.is(file, "VP8X")) {
        canvasWidth = 1 + littleEndian24(file, chunk.from + 4);
        canvasHeight = 1 + littleEndian24(file, chunk.from + 7);
        PictureLimits.check(canvasWidth, canvasHeight);
      } else if (chunk.is(file, "ANMF")) {
        RgbImage canvas = RgbImage.filled(canvasWidth, canvasHeight, 0);
        int left = 2 * littleEndian24(file, chunk.from);
        int top = 2 * littleEndian24(file, chunk.from + 3);
        RgbImage frame = frame(file, chunk);
        if (left + frame.width() > canvasWidth || top + frame.height() > canvasHeight) {
          throw new BrokenImageException("a broken image: a frame beyond the canvas");
        }
        canvas.paste(frame, left, top);
        return canvas;
      }
      chunk = chunk.next(file, file.length());
    }
    return picture(file, chunk);
  }

  private static RgbImage frame(Bytes file, Chunk animation)
      throws IOException, BrokenImageException {
    Chunk chunk = Chunk.at(file, animation.from + FRAME_HEADER, animation.to);
    while (!chunk.isPicture(file)) {
      chunk = chunk.next(file, animation.to);
    }
    return picture(file, chunk);
  }

  private static RgbImage picture(Bytes file, Chunk chunk)
      throws IOException, BrokenImageException {
    int padded = CHUNK_HEADER + (chunk.to - chunk.from + 1) / 2 * 2;
    ByteBuffer alone = ByteBuffer.allocate(FIRST_CHUNK + padded).order(ByteOrder.LITTLE_ENDIAN);
    alone.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(4 + padded);
    alone.put("WEBP".getBytes(StandardCharsets.US_ASCII));
    file.copy(chunk.from - CHUNK_HEADER, chunk.to, alone);
    byte[] bytes = alone.array();
    int[] size = WebP.getInfo(bytes, 0, bytes.length);
    PictureLimits.check(size[0], size[1]);
    int[] status = new int[4];
    int[] argb = WebP.decode(new WebPDecoderOptions(), bytes, 0, bytes.length, status);
    byte[] rgb = new byte[argb.length * RgbImage.CHANNELS];
    int at = 0;
    for (int pixel : argb) {
      rgb[at++] = (byte) (pixel >> 16);
      rgb[at++] = (byte) (pixel >> 8);
      rgb[at++] = (byte) pixel;
    }
    return new RgbImage(size[0], size[1], rgb);
  }

  private static int littleEndian24(Bytes file, int at) throws BrokenImageException {
    return file.littleEndian16(at) | file.at(at + 2) << 16;
  }

  /** Where a chunk's contents are; its name and length stand before them. */
  private record Chunk(int from, int to) {

    /** The one that begins here, in a container that ends there. */
    static Chunk at(Bytes file, int start, int end) throws BrokenImageException {
      long size =
          file.littleEndian16(start + 4) | (long) file.littleEndian16(start + 6) << Short.SIZE;
      if (size > end - start - CHUNK_HEADER) {
        throw Bytes.cutShort();
      }
      return new Chunk(start + CHUNK_HEADER, start + CHUNK_HEADER + (int) size);
    }

    Chunk next(Bytes file, int end) throws BrokenImageException {
      return at(file, to + ((to - from) & 1), end);
    }

    boolean is(Bytes file, String name) {
      return file.has(from - CHUNK_HEADER, name);
    }

    boolean isPicture(Bytes file) {
      return is(file, "VP8 ") || is(file, "VP8L");
    }
  }
}
