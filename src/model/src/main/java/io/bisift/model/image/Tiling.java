package io.bisift.model.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts pictures into what the vision tower takes.
 *
 * @param size pixels of a tile's side
 * @param minTiles fewest tiles of a grid
 * @param maxTiles most tiles of a grid
 * @param thumbnail whether the whole picture follows as one more tile where there are several
 */
public record Tiling(int size, int minTiles, int maxTiles, boolean thumbnail) {
  public Tiling {
    if (size < 1 || minTiles < 1 || maxTiles < minTiles) {
      throw new IllegalArgumentException(
          "tiles of " + size + " pixels, " + minTiles + " to " + maxTiles + " of them");
    }
  }

  /** The same with another number of tiles at most, and no more at least. */
  public Tiling withMaxTiles(int most) {
    return new Tiling(size, Math.min(minTiles, most), most, thumbnail);
  }

  /** How many tiles a picture of this size becomes, thumbnail included. */
  public int count(int width, int height) {
    int tiles = TileGrid.choose(width, height, size, minTiles, maxTiles).tiles();
    return tiles > 1 && thumbnail ? tiles + 1 : tiles;
  }

  /**
   * Resizes the whole picture to the grid's size, without keeping its shape, and cuts it up.
   *
   * @return RGB bytes of each tile, {@code (size, size, 3)}, row by row, the thumbnail last
   */
  public List<byte[]> cut(RgbImage picture) {
    TileGrid grid = TileGrid.choose(picture.width(), picture.height(), size, minTiles, maxTiles);
    RgbImage canvas = BicubicResize.resize(picture, grid.columns() * size, grid.rows() * size);
    List<byte[]> tiles = new ArrayList<>();
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        tiles.add(canvas.square(column * size, row * size, size));
      }
    }
    if (tiles.size() > 1 && thumbnail) {
      tiles.add(BicubicResize.resize(picture, size, size).rgb());
    }
    return tiles;
  }
}
