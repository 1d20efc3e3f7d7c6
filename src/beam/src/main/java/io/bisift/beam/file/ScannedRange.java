package io.bisift.beam.file;

import io.bisift.core.plan.RangeScan;
import io.bisift.formats.source.SourceFile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What the first pass found in a range, and where it can be read again. */
record ScannedRange(SourceFile source, RangeScan scan) {
  static void write(ScannedRange range, DataOutput out) throws IOException {
    SourceFile.write(range.source, out);
    RangeScan.write(range.scan, out);
  }

  static ScannedRange read(DataInput in) throws IOException {
    return new ScannedRange(SourceFile.read(in), RangeScan.read(in));
  }
}
