package io.bisift.formats.evaluate;

import io.bisift.core.rollout.Defect;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a chunk.
 *
 * @param number of the chunk
 * @param key of what it was made from: tells its file from one that another run wrote
 * @param scored items
 * @param rejected items
 * @param defects of those, counted
 */
public record ChunkOutcome(
    int number, String key, long scored, long rejected, SortedMap<Defect, Long> defects) {

  /** All items of the chunk. */
  public long items() {
    return scored + rejected;
  }

  public static void write(ChunkOutcome outcome, DataOutput out) throws IOException {
    Wire.writeInt(outcome.number, out);
    Wire.writeString(outcome.key, out);
    Wire.writeLong(outcome.scored, out);
    Wire.writeLong(outcome.rejected, out);
    Wire.writeInt(outcome.defects.size(), out);
    for (Map.Entry<Defect, Long> entry : outcome.defects.entrySet()) {
      Wire.writeString(entry.getKey().name(), out);
      Wire.writeLong(entry.getValue(), out);
    }
  }

  public static ChunkOutcome read(DataInput in) throws IOException {
    int number = Wire.readInt(in);
    String key = Wire.readString(in);
    long scored = Wire.readLong(in);
    long rejected = Wire.readLong(in);
    SortedMap<Defect, Long> defects = new TreeMap<>();
    for (int left = Wire.readInt(in); left > 0; left--) {
      defects.put(Defect.valueOf(Wire.readString(in)), Wire.readLong(in));
    }
    return new ChunkOutcome(number, key, scored, rejected, defects);
  }
}
