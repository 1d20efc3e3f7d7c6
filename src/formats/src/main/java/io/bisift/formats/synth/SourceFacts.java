package io.bisift.formats.synth;

import java.util.Locale;

/**
 * What is published of one source.
 *
 * @param meanScore mean Monte Carlo score over steps
 */
record SourceFacts(String name, double meanScore, long steps, long rollouts) {
  private static final String FILE_ENDING = "_en_20240402_extracted";

  double stepsPerRollout() {
    return (double) steps / rollouts;
  }

  /** The published file name without its {@code .jsonl}. */
  String fileStem() {
    return name.toLowerCase(Locale.ROOT).replace("+", "plus").replace('-', '_') + FILE_ENDING;
  }

  /** Whether a record has a list of two pictures. */
  boolean inPairs() {
    return name.equals("NLVR2");
  }
}
