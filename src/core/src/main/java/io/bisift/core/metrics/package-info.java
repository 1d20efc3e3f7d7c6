/**
 * How well step scores tell right steps from wrong ones: F1 at a threshold, thresholds, ranking
 * quality, calibration, first errors, and intervals by resampling.
 */
@NullMarked
package io.bisift.core.metrics;

import org.jspecify.annotations.NullMarked;
