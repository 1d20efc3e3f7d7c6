package io.bisift.model.image;

import io.bisift.core.UserException;
import java.io.IOException;

/**
 * Files to RGB, as Pillow's {@code convert("RGB")} has it: palettes looked up, grey repeated, alpha
 * dropped without blending, 16 bits cut to 8 (but 16-bit grey cut off at 255), CMYK multiplied out,
 * orientation tags and colour profiles ignored. What a file is, its first bytes say, not its name.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * PNG, JPEG, WebP or GIF (of an animation the first frame).
   *
   * @param file the file's bytes
   * @throws BrokenImageException if it is none of them, broken, cut short or too large
   */
  public static RgbImage decode(byte[] file) throws BrokenImageException {
    if (file.length == 0) {
      throw new BrokenImageException("an empty file");
    }
    Bytes bytes = new Bytes(file);
    try {
      if (bytes.startsWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
        return PngDecoder.decode(bytes);
      } else if (bytes.startsWith(0xFF, 0xD8, 0xFF)) {
        return JpegDecoder.decode(bytes);
      } else if (bytes.startsWith('G', 'I', 'F', '8')) {
        return GifDecoder.decode(bytes);
      } else if (bytes.startsWith('R', 'I', 'F', 'F') && bytes.has(8, "WEBP")) {
        return WebpDecoder.decode(bytes);
      }
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // the readers throw all sorts of exceptions at broken files
      throw new BrokenImageException("a broken image: " + reason(e));
    }
    throw new BrokenImageException("neither PNG, JPEG, WebP nor GIF");
  }

  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
