package io.bisift.benchmarks.micro;

import io.bisift.benchmarks.SampleLines;
import io.bisift.core.plan.RangeId;
import io.bisift.core.plan.RangeScan;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.rollout.RolloutSkimmer;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.source.LineReader;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.LocalStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The first pass over a file, and its parts one by one. An invocation gets through 15 MB. */
@State(Scope.Benchmark)
public class ScanBenchmark {
  private static final double SCALE = 0.01;
  private static final double ALPHA = 0.2;

  private SampleLines sample;
  private Path folder;
  private SourceFile source;
  private RangeScanner scanner;
  private final RolloutSkimmer skimmer = new RolloutSkimmer();

  @Setup
  public void setUp() throws IOException {
    sample = SampleLines.make(SCALE, /* arbitraryScores= */ false);
    folder = Files.createTempDirectory("bisift-scan");
    Path file = Files.write(folder.resolve("sample.jsonl"), sample.bytes());
    source =
        new SourceFile(
            "sample.jsonl",
            "sample.jsonl",
            file.toString(),
            /* offset= */ 0,
            sample.bytes().length,
            Compression.NONE,
            /* entryCrc= */ -1);
    scanner =
        new RangeScanner(
            List.of(ALPHA),
            new RecordConverter(LabelRule.hard(0), BadSteps.REJECT_ROLLOUT, ImageCheck.NONE),
            /* checksImages= */ false);
  }

  @TearDown
  public void tearDown() throws IOException {
    SampleLines.delete(folder);
  }

  /** The whole first pass, over a local file. */
  @Benchmark
  public RangeScan scan(Throughput throughput) throws IOException {
    RangeId all = new RangeId(0, 0, source.size());
    try (SourceReader reader =
        SourceReader.open(new LocalStorage(), source, all, /* progress= */ bytes -> {})) {
      RangeScan scan = scanner.scan(reader, all);
      count(throughput);
      return scan;
    }
  }

  /** Line ends only, in memory. */
  @Benchmark
  public long lines(Throughput throughput) throws IOException {
    long lines = 0;
    try (LineReader reader =
        new LineReader(
            Channels.newChannel(new ByteArrayInputStream(sample.bytes())), 0, Long.MAX_VALUE)) {
      while (reader.next()) {
        lines++;
      }
    }
    count(throughput);
    return lines;
  }

  /** Skimming each line: what the scan does with usual ones. */
  @Benchmark
  public long skim(Throughput throughput) {
    long scores = 0;
    for (byte[] line : sample.lines()) {
      if (skimmer.skim(line, 0, line.length) == RolloutSkimmer.Answer.RANKED) {
        scores += skimmer.scoreCount();
      }
    }
    count(throughput);
    return scores;
  }

  /** Parsing each line in full: what the scan does with unusual ones. */
  @Benchmark
  public List<Rollout> parse(Throughput throughput) throws RejectedRecordException {
    List<Rollout> rollouts = new ArrayList<>(sample.lines().size());
    for (byte[] line : sample.lines()) {
      rollouts.add(RolloutParser.parse(line, 0, line.length));
    }
    count(throughput);
    return rollouts;
  }

  private void count(Throughput throughput) {
    throughput.megabytes += sample.megabytes();
    throughput.rollouts += sample.lines().size();
  }
}
