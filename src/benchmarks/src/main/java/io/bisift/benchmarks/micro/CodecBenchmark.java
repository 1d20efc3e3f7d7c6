package io.bisift.benchmarks.micro;

import io.bisift.benchmarks.SampleLines;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.rollout.RolloutSkimmer;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import io.bisift.core.training.TrainingRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From an annotation line to a line of the training set, and the steps on the way. */
@State(Scope.Thread)
public class CodecBenchmark {
  private static final double SCALE = 0.002;
  private static final double ALPHA = 0.2;

  private final RecordConverter converter =
      new RecordConverter(LabelRule.hard(0), BadSteps.REJECT_ROLLOUT, ImageCheck.NONE);
  private final RolloutSkimmer skimmer = new RolloutSkimmer();
  private final JsonBytes json = new JsonBytes();
  private final List<Rollout> rollouts = new ArrayList<>();
  private final List<TrainingRecord> records = new ArrayList<>();
  private final List<IndexEntry> entries = new ArrayList<>();
  private SampleLines sample;

  @Setup
  public void setUp() throws IOException, RejectedRecordException {
    sample = SampleLines.make(SCALE, /* arbitraryScores= */ false);
    for (byte[] line : sample.lines()) {
      Rollout rollout = RolloutParser.parse(line, 0, line.length);
      TrainingRecord record = converter.convert(rollout);
      rollouts.add(rollout);
      records.add(record);
      entries.add(
          new IndexEntry("sample:" + rollouts.size(), record, RolloutScore.of(rollout), ALPHA));
    }
  }

  /** All of it: parse, convert, write the record and its line of the index. */
  @Benchmark
  public long lineToRecord(Throughput throughput) throws IOException, RejectedRecordException {
    long bytes = 0;
    for (byte[] line : sample.lines()) {
      Rollout rollout = RolloutParser.parse(line, 0, line.length);
      TrainingRecord record = converter.convert(rollout);
      json.clear();
      record.appendTo(json);
      bytes += json.length();
      json.clear();
      new IndexEntry("sample:1", record, RolloutScore.of(rollout), ALPHA).appendTo(json);
      bytes += json.length();
    }
    throughput.megabytes += sample.megabytes();
    throughput.rollouts += sample.lines().size();
    return bytes;
  }

  /** The same by copying, as usual lines are: skim, then the record and its line of the index. */
  @Benchmark
  public long lineToRecordByCopying(Throughput throughput) throws IOException {
    long bytes = 0;
    for (byte[] line : sample.lines()) {
      skimmer.skim(line, 0, line.length);
      RolloutScore score = RolloutScore.of(skimmer.scores(), skimmer.scoreCount());
      OutputRecord record = converter.copy("sample:1", skimmer, score, ALPHA).orElseThrow();
      json.clear();
      record.appendTo(json);
      bytes += json.length();
      json.clear();
      record.appendEntryTo(json);
      bytes += json.length();
    }
    throughput.megabytes += sample.megabytes();
    throughput.rollouts += sample.lines().size();
    return bytes;
  }

  /** Rollouts to training records, as objects. */
  @Benchmark
  public List<TrainingRecord> convert(Throughput throughput)
      throws IOException, RejectedRecordException {
    List<TrainingRecord> converted = new ArrayList<>(rollouts.size());
    for (Rollout rollout : rollouts) {
      converted.add(converter.convert(rollout));
    }
    throughput.rollouts += rollouts.size();
    return converted;
  }

  /** Training records to JSON; the megabytes are those written. */
  @Benchmark
  public long writeRecord(Throughput throughput) {
    long bytes = 0;
    for (TrainingRecord record : records) {
      json.clear();
      record.appendTo(json);
      bytes += json.length();
    }
    throughput.megabytes += bytes / 1e6;
    throughput.rollouts += records.size();
    return bytes;
  }

  /** Lines of the index to JSON; the megabytes are those written. */
  @Benchmark
  public long writeIndex(Throughput throughput) {
    long bytes = 0;
    for (IndexEntry entry : entries) {
      json.clear();
      entry.appendTo(json);
      bytes += json.length();
    }
    throughput.megabytes += bytes / 1e6;
    throughput.rollouts += entries.size();
    return bytes;
  }
}
