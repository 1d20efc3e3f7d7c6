package io.bisift.formats.synth;

import org.jspecify.annotations.Nullable;

/**
 * {@code synth.json}, which says that a folder's corpus is made up, and how.
 *
 * @param summary null until the corpus is whole
 */
record SynthFile(String tool, SynthParameters parameters, @Nullable SynthSummary summary) {
  static final String NAME = "synth.json";
}
