package io.bisift.formats.synth;

/**
 * What a corpus holds.
 *
 * @param bytes as stored
 */
public record SynthSummary(long rollouts, long steps, long brokenLines, int files, long bytes) {}
