package io.bisift.beam.record;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.training.TrainingRecord;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;

/** Coders of rollouts and training records. */
public final class RecordCoders {
  public static final Coder<SourcedRollout> ROLLOUT =
      WireCoder.of(SourcedRollout.class, RecordCoders::write, RecordCoders::readRollout);
  public static final Coder<SourcedRecord> RECORD =
      WireCoder.of(SourcedRecord.class, RecordCoders::write, RecordCoders::readRecord);

  private RecordCoders() {}

  private static void write(SourcedRollout value, DataOutput out) throws IOException {
    Wire.writeString(value.source(), out);
    Wire.writeLong(value.order(), out);
    writeImages(value.rollout().images(), out);
    Wire.writeNullable(value.rollout().question(), Wire::writeText, out);
    Wire.writeList(value.rollout().steps(), RecordCoders::writeStep, out);
  }

  private static SourcedRollout readRollout(DataInput in) throws IOException {
    return new SourcedRollout(
        Wire.readString(in),
        Wire.readLong(in),
        new Rollout(
            readImages(in),
            Wire.readNullable(Wire::readText, in),
            Wire.readList(RecordCoders::readStep, in)));
  }

  private static void write(SourcedRecord value, DataOutput out) throws IOException {
    Wire.writeString(value.id(), out);
    writeImages(value.record().images(), out);
    Wire.writeText(value.record().question(), out);
    Wire.writeList(value.record().steps(), RecordCoders::writeStep, out);
    Wire.writeList(value.record().labels(), (label, to) -> to.writeDouble(label), out);
  }

  private static SourcedRecord readRecord(DataInput in) throws IOException {
    return new SourcedRecord(
        Wire.readString(in),
        new TrainingRecord(
            readImages(in),
            Wire.readText(in),
            Wire.readList(RecordCoders::readStep, in),
            Wire.readList(DataInput::readDouble, in)));
  }

  private static void writeImages(Images images, DataOutput out) throws IOException {
    Wire.writeList(images.names(), Wire::writeText, out);
    out.writeBoolean(images.list());
    Wire.writeNullable(images.defect(), Wire::writeString, out);
  }

  private static Images readImages(DataInput in) throws IOException {
    return new Images(
        Wire.readList(Wire::readText, in),
        in.readBoolean(),
        Wire.readNullable(Wire::readString, in));
  }

  private static void writeStep(Step step, DataOutput out) throws IOException {
    Wire.writeNullable(step.text(), Wire::writeText, out);
    Wire.writeNullable(step.score(), (score, to) -> to.writeDouble(score), out);
    Wire.writeNullable(step.mcCorrect(), Wire::writeLong, out);
    Wire.writeNullable(step.mcTotal(), Wire::writeLong, out);
  }

  private static Step readStep(DataInput in) throws IOException {
    return new Step(
        Wire.readNullable(Wire::readText, in),
        Wire.readNullable(DataInput::readDouble, in),
        Wire.readNullable(Wire::readLong, in),
        Wire.readNullable(Wire::readLong, in));
  }
}
