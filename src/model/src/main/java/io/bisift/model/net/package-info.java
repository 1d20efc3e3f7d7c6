/**
 * The network: vision tower, projector and language model as DJL blocks, forward and backward.
 * Letters in shapes: B records of a batch, N tokens of its longest, T tiles, C and D channels of
 * vision tower and language model, H heads in K groups of G that share a key and a value head, d
 * channels of a head, P steps to score.
 */
@NullMarked
package io.bisift.model.net;

import org.jspecify.annotations.NullMarked;
