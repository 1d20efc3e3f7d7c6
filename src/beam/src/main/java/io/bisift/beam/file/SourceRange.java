package io.bisift.beam.file;

import io.bisift.core.plan.RangeId;
import io.bisift.formats.source.SourceFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A range together with the source it belongs to. */
record SourceRange(SourceFile source, RangeId range) {
  static void write(SourceRange range, DataOutput out) throws IOException {
    SourceFile.write(range.source, out);
    RangeId.write(range.range, out);
  }

  static SourceRange read(DataInput in) throws IOException {
    return new SourceRange(SourceFile.read(in), RangeId.read(in));
  }
}
