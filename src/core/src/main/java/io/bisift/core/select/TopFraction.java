package io.bisift.core.select;

/**
 * The keep ratio ρ: of m rollouts of a source, max(1, ⌊m·ρ⌋) are kept, the product taken in double
 * as the reference does (so 29 % of 100 are 28).
 *
 * @param ratio ρ in (0, 1]
 */
public record TopFraction(double ratio) {
  public TopFraction {
    if (!(ratio > 0 && ratio <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("the keep ratio must be in (0, 1], was " + ratio);
    }
  }

  /** How many of {@code count} rollouts are kept; 0 only of 0. */
  public long of(long count) {
    return count == 0 ? 0 : Math.max(1, (long) (count * ratio));
  }
}
