package io.bisift.beam.cut;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.select.CutSearch;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * One group's round of a search: what the search knew before, and the keys that the round counts.
 *
 * @param search null where nothing is known, not even how many keys there are
 * @param undecided keys that the search has not decided; none if it is over
 */
record Round(@Nullable CutSearch search, RankHistogram undecided) {
  static final Coder<Round> CODER = WireCoder.of(Round.class, Round::write, Round::read);

  /** Adds up what two elements of a group count. */
  Round plus(Round other) {
    undecided.addAll(other.undecided);
    return this;
  }

  static void write(Round round, DataOutput out) throws IOException {
    Wire.writeNullable(round.search, CutSearch::write, out);
    RankHistogram.write(round.undecided, out);
  }

  static Round read(DataInput in) throws IOException {
    return new Round(Wire.readNullable(CutSearch::read, in), RankHistogram.read(in));
  }
}
