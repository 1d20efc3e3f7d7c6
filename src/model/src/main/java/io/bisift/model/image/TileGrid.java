package io.bisift.model.image;

/**
 * How many square tiles a picture becomes: the grid whose shape is nearest to its own.
 *
 * @param columns at least 1
 * @param rows at least 1
 */
public record TileGrid(int columns, int rows) {

  /** How many tiles it has. */
  public int tiles() {
    return columns * rows;
  }

  /**
   * The reference's choice: of all grids of {@code minTiles} to {@code maxTiles} tiles, in order of
   * their number, the one whose columns/rows is nearest to width/height, in doubles. On an exact
   * tie the first stays, unless the picture has more than half the pixels of the later one.
   *
   * @param tileSize pixels of a tile's side
   * @param minTiles at least 1
   * @param maxTiles at least {@code minTiles}
   */
  public static TileGrid choose(int width, int height, int tileSize, int minTiles, int maxTiles) {
    if (minTiles < 1 || maxTiles < minTiles) {
      throw new IllegalArgumentException(minTiles + " to " + maxTiles + " tiles");
    }
    double shape = (double) width / height;
    double pixels = (double) width * height;
    TileGrid best = new TileGrid(1, 1);
    double bestDistance = Double.POSITIVE_INFINITY;
    for (int tiles = minTiles; tiles <= maxTiles; tiles++) {
      for (int columns = 1; columns <= tiles; columns++) {
        if (tiles % columns != 0) {
          continue;
        }
        int rows = tiles / columns;
        double distance = Math.abs(shape - (double) columns / rows);
        boolean nearer = distance < bestDistance;
        boolean largeEnough =
            distance == bestDistance && pixels > 0.5 * tileSize * tileSize * tiles;
        if (nearer || largeEnough) {
          best = new TileGrid(columns, rows);
          bestDistance = distance;
        }
      }
    }
    return best;
  }
}
