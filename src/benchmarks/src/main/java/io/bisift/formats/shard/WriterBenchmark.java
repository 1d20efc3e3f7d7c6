package io.bisift.formats.shard;

import io.bisift.benchmarks.SampleLines;
import io.bisift.benchmarks.micro.Throughput;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Writing a file of training records: compression, checksum and disk. The megabytes are those of
 * the records. (Beside what it measures, because that is not public.)
 */
@State(Scope.Thread)
public class WriterBenchmark {
  private static final double SCALE = 0.005;

  @Param({"NONE", "GZIP", "ZSTD"})
  public Compression compression;

  private final List<JsonBytes> records = new ArrayList<>();
  private long bytes;
  private Path folder;
  private OutputLayout layout;

  @Setup
  public void setUp() throws IOException, RejectedRecordException {
    RecordConverter converter =
        new RecordConverter(LabelRule.hard(0), BadSteps.REJECT_ROLLOUT, ImageCheck.NONE);
    for (byte[] line : SampleLines.make(SCALE, /* arbitraryScores= */ false).lines()) {
      JsonBytes json = new JsonBytes();
      converter.convert(RolloutParser.parse(line, 0, line.length)).appendTo(json);
      json.raw("\n");
      records.add(json);
      bytes += json.length();
    }
    folder = Files.createTempDirectory("bisift-writer");
    layout = new OutputLayout(folder.toString());
  }

  @TearDown
  public void tearDown() throws IOException {
    SampleLines.delete(folder);
  }

  @Benchmark
  public WrittenFile write(Throughput throughput) throws IOException {
    try (JsonlFile file =
        new JsonlFile(
            new LocalStorage(), layout, "sample.jsonl" + compression.suffix(), compression)) {
      for (JsonBytes record : records) {
        file.append(record, 1);
      }
      WrittenFile written = file.finish();
      throughput.megabytes += bytes / 1e6;
      throughput.rollouts += records.size();
      return written;
    }
  }
}
