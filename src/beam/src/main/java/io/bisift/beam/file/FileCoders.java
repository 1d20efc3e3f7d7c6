package io.bisift.beam.file;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.SourceTotals;
import io.bisift.core.wire.Wire;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import org.apache.beam.sdk.coders.Coder;

/** Coders of what crosses the file pipeline's transforms. */
final class FileCoders {
  static final Coder<SourceFile> SOURCE =
      WireCoder.of(SourceFile.class, SourceFile::write, SourceFile::read);
  static final Coder<SourceRange> SOURCE_RANGE =
      WireCoder.of(SourceRange.class, SourceRange::write, SourceRange::read);
  static final Coder<ScannedRange> SCANNED_RANGE =
      WireCoder.of(ScannedRange.class, ScannedRange::write, ScannedRange::read);
  static final Coder<SourceTotals> SOURCE_TOTALS =
      WireCoder.of(SourceTotals.class, SourceTotals::write, SourceTotals::read);
  static final Coder<RangeTally> TALLY =
      WireCoder.of(RangeTally.class, RangeTally::write, RangeTally::read);
  static final Coder<RangeQuota> QUOTA =
      WireCoder.of(RangeQuota.class, RangeQuota::write, RangeQuota::read);
  static final Coder<RangeOutcome> OUTCOME =
      WireCoder.of(RangeOutcome.class, RangeOutcome::write, RangeOutcome::read);
  static final Coder<ShardTask> TASK =
      WireCoder.of(ShardTask.class, ShardTask::write, ShardTask::read);
  static final Coder<WrittenShard> WRITTEN =
      WireCoder.of(WrittenShard.class, WrittenShard::write, WrittenShard::read);
  static final Coder<Manifest> MANIFEST =
      WireCoder.of(
          Manifest.class,
          (manifest, out) -> Wire.writeString(Json.pretty(manifest), out),
          in -> Json.parse(Wire.readString(in), Manifest.class));

  private FileCoders() {}
}
