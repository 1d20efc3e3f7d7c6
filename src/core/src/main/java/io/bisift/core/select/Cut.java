package io.bisift.core.select;

/**
 * Where one source is cut: keys above {@code key} are kept, keys below are not, and of those equal
 * to it the first {@code tiesKept} in the source's order.
 *
 * @param key key of the k-th best rollout
 * @param ties how many rollouts have exactly this key
 * @param tiesKept how many of them are kept
 */
public record Cut(long key, long ties, long tiesKept) {
  /** Keeps every rollout: no key is below 0, so none is tied at -1. */
  public static final Cut KEEP_ALL = new Cut(-1, 0, 0);

  /** Whether a rollout is kept whatever its place. */
  public boolean isAbove(long candidate) {
    return candidate > key;
  }

  /** Whether a rollout's place among its equals decides. */
  public boolean isTied(long candidate) {
    return candidate == key;
  }

  /** How many rollouts of an exact histogram are kept for certain. */
  public long countAbove(RankHistogram exact) {
    return exact.countAbove(key);
  }

  /** How many rollouts of an exact histogram are tied at the cut. */
  public long countTied(RankHistogram exact) {
    return key < 0 ? 0 : exact.count(key);
  }
}
