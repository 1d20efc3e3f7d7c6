package io.bisift.trainer.sample;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Digits of seven segments, drawn without fonts: those differ from machine to machine. */
final class SegmentDigits {
  // top, upper left, upper right, middle, lower left, lower right, bottom
  private static final String[] LIT = {
    "1110111", "0010010", "1011101", "1011011", "0111010",
    "1101011", "1101111", "1010010", "1111111", "1111011"
  };

  private SegmentDigits() {}

  /**
   * Draws a digit.
   *
   * @param x left edge, pixels
   * @param y upper edge
   * @param size height; half of it is the width
   */
  static void draw(BufferedImage picture, int digit, int x, int y, int size, Color color) {
    int thick = Math.max(2, size / 7);
    int half = size / 2;
    int[][] boxes = {
      {0, 0, half, thick},
      {0, 0, thick, half},
      {half - thick, 0, thick, half},
      {0, half - thick / 2, half, thick},
      {0, half, thick, half},
      {half - thick, half, thick, half},
      {0, size - thick, half, thick}
    };
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(color);
    for (int i = 0; i < boxes.length; i++) {
      if (LIT[digit].charAt(i) == '1') {
        graphics.fillRect(x + boxes[i][0], y + boxes[i][1], boxes[i][2], boxes[i][3]);
      }
    }
    graphics.dispose();
  }
}
