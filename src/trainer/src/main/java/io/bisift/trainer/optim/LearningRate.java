package io.bisift.trainer.optim;

/**
 * The learning rate of each update, as the transformers library schedules it: a linear warm-up from
 * 0, so that the very first update changes nothing where there is one, then the shape.
 *
 * <pre>
 *   k &lt; W:  base · k / max(1, W)                       W = ⌈warmupRatio · updates⌉
 *   else:   base · ½(1 + cos(π · (k − W) / max(1, updates − W)))      cosine
 * </pre>
 *
 * @param base highest rate
 * @param warmupRatio share of the updates, in [0, 1]
 * @param updates of the whole run
 */
public record LearningRate(Shape shape, double base, double warmupRatio, long updates) {
  /** What follows the warm-up. */
  public enum Shape {
    COSINE,
    CONSTANT
  }

  public LearningRate {
    if (!(base >= 0) || Double.isInfinite(base)) {
      throw new IllegalArgumentException("the learning rate must not be below 0, was " + base);
    }
    if (!(warmupRatio >= 0 && warmupRatio <= 1)) {
      throw new IllegalArgumentException("the warm-up ratio must be in [0, 1], was " + warmupRatio);
    }
  }

  /** W. */
  public long warmup() {
    return (long) Math.ceil(updates * warmupRatio);
  }

  /**
   * The rate of an update.
   *
   * @param update counted from 0
   */
  public double at(long update) {
    return base * multiplier(update);
  }

  double multiplier(long update) {
    long warmup = warmup();
    if (update < warmup) {
      return (double) update / Math.max(1, warmup);
    }
    return switch (shape) {
      case CONSTANT -> 1;
      case COSINE -> {
        double done = (double) (update - warmup) / Math.max(1, updates - warmup);
        yield Math.max(0, 0.5 * (1 + Math.cos(Math.PI * done)));
      }
    };
  }
}
