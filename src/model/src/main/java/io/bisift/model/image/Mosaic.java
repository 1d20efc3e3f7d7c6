package io.bisift.model.image;

import java.util.List;

/** Several pictures on one white canvas, as the reference evaluates them. */
public final class Mosaic {
  private static final int MOST_COLUMNS = 3;
  private static final int WHITE = 255;

  private Mosaic() {}

  /**
   * One picture stays as it is. More stand in up to three columns, row by row, each in the middle
   * (rounded towards the top left) of a cell as wide as the widest and as high as the highest.
   *
   * @throws BrokenImageException if the canvas would be larger than a picture may be
   */
  public static RgbImage of(List<RgbImage> pictures) throws BrokenImageException {
    if (pictures.size() == 1) {
      return pictures.get(0);
    }
    int columns = Math.min(MOST_COLUMNS, pictures.size());
    int rows = (pictures.size() + columns - 1) / columns;
    int cellWidth = pictures.stream().mapToInt(RgbImage::width).max().orElseThrow();
    int cellHeight = pictures.stream().mapToInt(RgbImage::height).max().orElseThrow();
    PictureLimits.check((long) columns * cellWidth, (long) rows * cellHeight);
    RgbImage canvas = RgbImage.filled(columns * cellWidth, rows * cellHeight, WHITE);
    for (int i = 0; i < pictures.size(); i++) {
      RgbImage picture = pictures.get(i);
      canvas.paste(
          picture,
          i % columns * cellWidth + (cellWidth - picture.width()) / 2,
          i / columns * cellHeight + (cellHeight - picture.height()) / 2);
    }
    return canvas;
  }
}
