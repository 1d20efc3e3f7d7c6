package io.bisift.core.plan;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of what a range gives to a kind of shard (data or rejected), counted in records of that
 * kind.
 *
 * @param skip records before the slice
 * @param take records of the slice
 * @param total records of the kind that the whole range gives
 */
public record Slice(RangeQuota quota, long skip, long take, long total) {
  public static void write(Slice slice, DataOutput out) throws IOException {
    RangeQuota.write(slice.quota, out);
    Wire.writeLong(slice.skip, out);
    Wire.writeLong(slice.take, out);
    Wire.writeLong(slice.total, out);
  }

  public static Slice read(DataInput in) throws IOException {
    return new Slice(RangeQuota.read(in), Wire.readLong(in), Wire.readLong(in), Wire.readLong(in));
  }
}
