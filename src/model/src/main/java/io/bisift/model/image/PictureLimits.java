package io.bisift.model.image;

/** Guards against files that claim, or unfold to, more pixels than anybody means. */
final class PictureLimits {
  /** Where Pillow begins to warn of a decompression bomb: 268 MB of RGB. */
  static final long MOST_PIXELS = 89_478_485;

  private PictureLimits() {}

  /** Called with what the header says, before anything of that size is allocated. */
  static void check(long width, long height) throws BrokenImageException {
    if (width < 1 || height < 1) {
      throw new BrokenImageException("a picture of " + width + " x " + height + " pixels");
    }
    if (width > MOST_PIXELS || height > MOST_PIXELS / width) {
      throw new BrokenImageException(
          width + " x " + height + " pixels are more than the " + MOST_PIXELS + " allowed");
    }
  }
}
