package io.bisift.model.net;

/**
 * Bicubic interpolation as PyTorch does it (a = -0.75, {@code align_corners=False}, no antialias,
 * taps beyond the border take the border's value), as a matrix.
 */
final class Bicubic {
  private static final double A = -0.75;

  private Bicubic() {}

  /**
   * The matrix [to·to, from·from] that turns a square grid, row by row, into another.
   *
   * @param from side of the grid that is there
   * @param to side of the grid that is wanted
   */
  static float[] grid(int from, int to) {
    double[][] line = line(from, to);
    float[] matrix = new float[to * to * from * from];
    int cell = 0;
    for (double[] row : line) {
      for (double[] column : line) {
        for (double down : row) {
          for (double right : column) {
            matrix[cell++] = (float) (down * right);
          }
        }
      }
    }
    return matrix;
  }

  /** Weights of the {@code from} old samples in each of the {@code to} new ones. */
  static double[][] line(int from, int to) {
    double[][] weights = new double[to][from];
    for (int i = 0; i < to; i++) {
      double place = (i + 0.5) * from / to - 0.5;
      int left = (int) Math.floor(place);
      for (int tap = left - 1; tap <= left + 2; tap++) {
        int inside = Math.max(0, Math.min(from - 1, tap));
        weights[i][inside] += kernel(Math.abs(place - tap));
      }
    }
    return weights;
  }

  private static double kernel(double x) {
    return x <= 1 ? ((A + 2) * x - (A + 3)) * x * x + 1 : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }
}
