package io.bisift.benchmarks.record;

import io.bisift.formats.source.LineReader;
import io.bisift.formats.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** The lines of a file, as {@code ParseRollouts} takes them. */
final class ReadLinesFn extends DoFn<String, KV<String, KV<Long, String>>> {
  static final String LINES = "lines";

  private final Counter lines = Metrics.counter(RecordPipeline.class, LINES);

  @ProcessElement
  public void processElement(@Element String file, OutputReceiver<KV<String, KV<Long, String>>> out)
      throws IOException {
    String source = file.substring(file.lastIndexOf('/') + 1);
    try (LineReader reader = new LineReader(new LocalStorage().open(file), 0, Long.MAX_VALUE)) {
      for (long number = 1; reader.next(); number++) {
        lines.inc();
        String line =
            new String(
                reader.buffer(),
                reader.lineStart(),
                reader.lineEnd() - reader.lineStart(),
                StandardCharsets.UTF_8);
        out.output(KV.of(source, KV.of(number, line)));
      }
    }
  }
}
