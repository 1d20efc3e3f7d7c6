package io.bisift.model.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;

/**
 * JPEG by the JDK's libjpeg, which gives the stored components: accurate integer DCT and smooth
 * chroma, like the reference's libjpeg-turbo. What the components mean is decided here, by
 * libjpeg's rules, as the JDK has guesses of its own.
 */
final class JpegDecoder {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;
  private static final int TEM = 0x01;
  private static final int NO_TRANSFORM = -1;

  private static final int CMYK_CHANNELS = 4;

  private JpegDecoder() {}

  static RgbImage decode(Bytes file) throws IOException, BrokenImageException {
    Header header = Header.read(file);
    PictureLimits.check(header.width, header.height);
    byte[] samples = samples(file, header);
    switch (header.components) {
      case 1 -> {
        return new RgbImage(header.width, header.height, repeated(samples));
      }
      case 3 -> {
        if (header.isYcc()) {
          yccToRgb(samples, RgbImage.CHANNELS);
        }
        return new RgbImage(header.width, header.height, samples);
      }
      default -> {
        if (header.adobeTransform > 0) {
          yccToRgb(samples, CMYK_CHANNELS);
          invertInks(samples);
        }
        return new RgbImage(header.width, header.height, cmykToRgb(samples));
      }
    }
  }

  private static byte[] samples(Bytes file, Header header)
      throws IOException, BrokenImageException {
    ImageReader reader = Bytes.jdkReader("JPEG");
    try (EndWatch stream = new EndWatch(file.stream())) {
      reader.setInput(stream, true, true);
      byte[] samples = interleaved(reader, stream);
      if (samples.length != header.width * header.height * header.components) {
        throw new BrokenImageException("a JPEG whose parts contradict one another");
      }
      return samples;
    } finally {
      reader.dispose();
    }
  }

  private static byte[] interleaved(ImageReader reader, EndWatch stream)
      throws IOException, BrokenImageException {
    Raster raster;
    try {
      raster = reader.readRaster(0, null);
    } catch (IOException e) {
      if (stream.readBeyondEnd()) {
        throw Bytes.cutShort();
      }
      throw e;
    }
    if (stream.readBeyondEnd()) {
      throw Bytes.cutShort();
    }
    return ((DataBufferByte) raster.getDataBuffer()).getData();
  }

  private static byte[] repeated(byte[] grey) {
    byte[] rgb = new byte[grey.length * RgbImage.CHANNELS];
    for (int i = 0; i < grey.length; i++) {
      int at = i * RgbImage.CHANNELS;
      rgb[at] = grey[i];
      rgb[at + 1] = grey[i];
      rgb[at + 2] = grey[i];
    }
    return rgb;
  }

  /** ITU-R BT.601 over the full range in 16 binary places, as libjpeg rounds it; in place. */
  private static void yccToRgb(byte[] samples, int channels) {
    for (int i = 0; i + 2 < samples.length; i += channels) {
      int y = samples[i] & 0xFF;
      int cb = (samples[i + 1] & 0xFF) - 128;
      int cr = (samples[i + 2] & 0xFF) - 128;
      samples[i] = clip(y + ((91881 * cr + 32768) >> 16));
      samples[i + 1] = clip(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
      samples[i + 2] = clip(y + ((116130 * cb + 32768) >> 16));
    }
  }

  private static byte clip(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  /** YCCK holds red, green and blue where CMYK has inks; the fourth channel is ink in both. */
  private static void invertInks(byte[] samples) {
    for (int i = 0; i + 3 < samples.length; i += CMYK_CHANNELS) {
      samples[i] = (byte) ~samples[i];
      samples[i + 1] = (byte) ~samples[i + 1];
      samples[i + 2] = (byte) ~samples[i + 2];
    }
  }

  /** All four stored inverted, as Adobe does and Pillow always assumes. */
  private static byte[] cmykToRgb(byte[] samples) {
    byte[] rgb = new byte[samples.length / CMYK_CHANNELS * RgbImage.CHANNELS];
    for (int i = 0, at = 0; i < samples.length; i += CMYK_CHANNELS, at += RgbImage.CHANNELS) {
      int light = samples[i + 3] & 0xFF;
      for (int ink = 0; ink < RgbImage.CHANNELS; ink++) {
        int dark = (255 - (samples[i + ink] & 0xFF)) * light + 128;
        rgb[at + ink] = clip(light - (((dark >> 8) + dark) >> 8));
      }
    }
    return rgb;
  }

  /**
   * What the markers before the first scan say.
   *
   * @param adobeTransform of Adobe's marker, -1 without one
   * @param firstIds component identifiers, the first three
   */
  private record Header(
      int width, int height, int components, boolean jfif, int adobeTransform, int firstIds) {

    private static final int RGB_IDS = 'R' << 16 | 'G' << 8 | 'B';

    /** libjpeg's {@code default_decompress_parms} for three components. */
    boolean isYcc() {
      if (jfif) {
        return true;
      }
      return adobeTransform == NO_TRANSFORM ? firstIds != RGB_IDS : adobeTransform != 0;
    }

    static Header read(Bytes file) throws BrokenImageException {
      boolean jfif = false;
      int transform = NO_TRANSFORM;
      Header frame = null;
      int at = 2;
      while (true) {
        while (file.at(at) != 0xFF) { // libjpeg skips what is between markers
          at++;
        }
        while (file.at(at) == 0xFF) {
          at++;
        }
        int marker = file.at(at++);
        if (marker == 0 || marker == TEM || (marker >= 0xD0 && marker <= SOI)) {
          continue;
        }
        if (marker == SOS) {
          break;
        }
        if (marker == EOI) {
          throw new BrokenImageException("a JPEG without a picture");
        }
        int length = file.bigEndian16(at);
        if (marker == APP0 && length >= 16 && file.has(at + 2, "JFIF\0")) {
          jfif = true;
        } else if (marker == APP14 && length >= 14 && file.has(at + 2, "Adobe")) {
          transform = file.at(at + 13);
        } else if (isFrame(marker)) {
          frame = frame(file, at, marker);
        }
        at += length;
      }
      if (frame == null) {
        throw new BrokenImageException("a JPEG without a frame header");
      }
      return new Header(
          frame.width, frame.height, frame.components, jfif, transform, frame.firstIds);
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != DHT && marker != JPG && marker != DAC;
    }

    private static Header frame(Bytes file, int at, int marker) throws BrokenImageException {
      if (marker > 0xC2) { // beyond baseline, extended and progressive Huffman
        throw new BrokenImageException(
            "a JPEG that is lossless, hierarchical or arithmetically coded");
      }
      if (file.at(at + 2) != 8) {
        throw new BrokenImageException("a JPEG of " + file.at(at + 2) + " bits a channel");
      }
      int components = file.at(at + 7);
      if (components != 1 && components != 3 && components != CMYK_CHANNELS) {
        throw new BrokenImageException("a JPEG of " + components + " components");
      }
      int ids = 0;
      for (int i = 0; i < Math.min(3, components); i++) {
        ids = ids << 8 | file.at(at + 8 + 3 * i);
      }
      return new Header(
          file.bigEndian16(at + 5), file.bigEndian16(at + 3), components, false, -1, ids);
    }
  }
}
