package io.bisift.formats.synth;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import org.jspecify.annotations.Nullable;

/**
 * What a made-up corpus is like. Equal parameters give equal bytes.
 *
 * @param scale size in published sizes: 1 is 565,149 rollouts
 * @param bad share of broken lines among all lines. The good lines do not depend on it
 * @param arbitraryScores whether scores are doubles of which hardly two are alike, not K/16
 * @param singleSource whether all rollouts go into one source
 * @param files how many files there are; null for one per source
 */
public record SynthParameters(
    double scale,
    long seed,
    double bad,
    boolean arbitraryScores,
    boolean singleSource,
    @Nullable Integer files,
    Compression compression) {
  private static final double MAX_SCALE = 1000;
  private static final double MAX_BAD = 0.9;

  /**
   * @throws UserException if a value makes no sense
   */
  public SynthParameters {
    if (!(scale > 0 && scale <= MAX_SCALE)) { // written so that NaN fails too
      throw UserException.usage("--scale must be above 0 and at most 1000, was " + scale);
    }
    if (!(bad >= 0 && bad <= MAX_BAD)) {
      throw UserException.usage("--bad must be from 0 to 0.9, was " + bad);
    }
    if (files != null && files < 1) {
      throw UserException.usage("--files must be at least 1, was " + files);
    }
  }
}
