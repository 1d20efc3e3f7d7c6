package io.bisift.trainer.data;

/** Where labels come from: the shards, or K of N in the index beside them. */
public enum LabelSource {
  /** As the shards have them. */
  STORED {
    @Override
    StepTarget target(double stored, McCount count, double threshold) {
      return count.known()
          ? new StepTarget(stored, count.k(), count.n())
          : new StepTarget(stored, 0, 0);
    }
  },
  /** 1 if K/N is above the threshold, else 0. */
  HARD {
    @Override
    StepTarget target(double stored, McCount count, double threshold) throws BadRecordException {
      return new StepTarget(count.share() > threshold ? 1 : 0, count.k(), count.n());
    }
  },
  /** K/N. */
  SOFT {
    @Override
    StepTarget target(double stored, McCount count, double threshold) throws BadRecordException {
      return new StepTarget(count.share(), count.k(), count.n());
    }
  },
  /** K and N themselves, for the Beta-Binomial likelihood; the label is K/N. */
  COUNTS {
    @Override
    StepTarget target(double stored, McCount count, double threshold) throws BadRecordException {
      return SOFT.target(stored, count, threshold);
    }
  };

  abstract StepTarget target(double stored, McCount count, double threshold)
      throws BadRecordException;

  /**
   * K of N, as the index has it.
   *
   * @param n 0 if the index does not say
   */
  record McCount(int k, int n) {
    static final McCount UNKNOWN = new McCount(0, 0);

    boolean known() {
      return n > 0;
    }

    double share() throws BadRecordException {
      if (!known()) {
        throw new BadRecordException("the index has no mc_correct and mc_total for a step");
      }
      return (double) k / n;
    }
  }
}
