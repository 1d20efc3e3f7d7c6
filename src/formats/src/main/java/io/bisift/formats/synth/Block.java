package io.bisift.formats.synth;

/**
 * Consecutive rollouts of one source that are made together, from random numbers of their own.
 *
 * @param index within the source
 * @param first number of the first rollout within the source, from 0
 * @param rollouts how many there are
 * @param offset number of the first rollout within the corpus, from 0
 */
record Block(SourcePlan source, int index, long first, int rollouts, long offset) {
  long end() {
    return first + rollouts;
  }

  int steps() {
    return (int) (source.steps(end()) - source.steps(first));
  }

  int correct() {
    return (int) (source.correct(end()) - source.correct(first));
  }

  int failing() {
    return (int) (source.failing(end()) - source.failing(first));
  }

  int allWrong() {
    return (int) (source.allWrong(end()) - source.allWrong(first));
  }
}
