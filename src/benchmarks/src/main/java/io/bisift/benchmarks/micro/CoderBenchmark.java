package io.bisift.benchmarks.micro;

import io.bisift.beam.record.RecordCoders;
import io.bisift.beam.record.SourcedRecord;
import io.bisift.beam.record.SourcedRollout;
import io.bisift.benchmarks.SampleLines;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.CoderUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Coding the elements of record-level pipelines; the megabytes are those of the coded form. */
@State(Scope.Thread)
public class CoderBenchmark {
  private static final double SCALE = 0.002;

  private final List<SourcedRollout> rollouts = new ArrayList<>();
  private final List<SourcedRecord> records = new ArrayList<>();
  private final List<byte[]> codedRollouts = new ArrayList<>();
  private final List<byte[]> codedRecords = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Setup
  public void setUp() throws IOException, RejectedRecordException {
    RecordConverter converter =
        new RecordConverter(LabelRule.hard(0), BadSteps.REJECT_ROLLOUT, ImageCheck.NONE);
    SampleLines sample = SampleLines.make(SCALE, /* arbitraryScores= */ false);
    for (byte[] line : sample.lines()) {
      SourcedRollout rollout =
          new SourcedRollout(
              "sample.jsonl", rollouts.size() + 1L, RolloutParser.parse(line, 0, line.length));
      rollouts.add(rollout);
      records.add(new SourcedRecord(rollout.id(), converter.convert(rollout.rollout())));
      codedRollouts.add(CoderUtils.encodeToByteArray(RecordCoders.ROLLOUT, rollout));
      codedRecords.add(
          CoderUtils.encodeToByteArray(RecordCoders.RECORD, records.get(records.size() - 1)));
    }
  }

  @Benchmark
  public long encodeRollouts(Throughput throughput) throws IOException {
    return encode(RecordCoders.ROLLOUT, rollouts, throughput);
  }

  @Benchmark
  public List<SourcedRollout> decodeRollouts(Throughput throughput) throws IOException {
    return decode(RecordCoders.ROLLOUT, codedRollouts, throughput);
  }

  @Benchmark
  public long encodeRecords(Throughput throughput) throws IOException {
    return encode(RecordCoders.RECORD, records, throughput);
  }

  @Benchmark
  public List<SourcedRecord> decodeRecords(Throughput throughput) throws IOException {
    return decode(RecordCoders.RECORD, codedRecords, throughput);
  }

  private <T> long encode(Coder<T> coder, List<T> values, Throughput throughput)
      throws IOException {
    long bytes = 0;
    for (T value : values) {
      out.reset();
      coder.encode(value, out);
      bytes += out.size();
    }
    count(bytes, throughput);
    return bytes;
  }

  private <T> List<T> decode(Coder<T> coder, List<byte[]> coded, Throughput throughput)
      throws IOException {
    List<T> values = new ArrayList<>(coded.size());
    long bytes = 0;
    for (byte[] one : coded) {
      values.add(CoderUtils.decodeFromByteArray(coder, one));
      bytes += one.length;
    }
    count(bytes, throughput);
    return values;
  }

  private void count(long bytes, Throughput throughput) {
    throughput.megabytes += bytes / 1e6;
    throughput.rollouts += rollouts.size();
  }
}
