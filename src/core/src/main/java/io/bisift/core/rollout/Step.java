package io.bisift.core.rollout;

import org.jspecify.annotations.Nullable;

/**
 * One step of a solution with its Monte Carlo score.
 *
 * @param text trimmed; null if missing, blank or no string
 * @param score share of sampled continuations that reached the right answer, in [0, 1]; null if the
 *     record has no number there
 * @param mcCorrect K of score = K/N, null if the record does not say
 * @param mcTotal N of score = K/N, null if the record does not say
 */
public record Step(
    @Nullable String text,
    @Nullable Double score,
    @Nullable Long mcCorrect,
    @Nullable Long mcTotal) {}
