package io.bisift.beam.stream;

import io.bisift.formats.log.Message;
import io.bisift.formats.log.RecordAppender;
import io.bisift.formats.log.Segment;
import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the log, where they are read: none is shuffled. The records of a bundle make
 * one segment for each log shard, and only segments travel on, which are a few numbers each. A
 * bundle that fails leaves files that nobody names.
 */
final class AppendFn extends DoFn<Message, Segment> {
  private final StreamTarget target;
  private final Counter read = StreamMetrics.counter(StreamMetrics.RECORDS_READ);
  private final Counter rejected = StreamMetrics.counter(StreamMetrics.RECORDS_REJECTED);
  private transient @Nullable LogOutput log;
  private transient @Nullable RecordAppender appender;
  private transient Instant latest;

  AppendFn(StreamTarget target) {
    this.target = target;
  }

  @StartBundle
  public void startBundle() throws IOException {
    close(); // what a bundle that failed has left
  }

  @ProcessElement
  public void processElement(
      @Element Message message, @Timestamp Instant timestamp, PipelineOptions options)
      throws IOException {
    if (appender == null) {
      log = log == null ? LogOutput.open(target, options) : log;
      appender = log.appender();
      latest = timestamp;
    }
    appender.append(message);
    latest = timestamp.isAfter(latest) ? timestamp : latest;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    if (appender != null) {
      for (Segment segment : appender.finish()) {
        context.output(segment, latest, GlobalWindow.INSTANCE);
      }
      read.inc(appender.records());
      rejected.inc(appender.rejected());
      appender = null;
    }
  }

  @Teardown
  public void close() throws IOException {
    if (appender != null) {
      appender.close();
      appender = null;
    }
  }
}
