package io.bisift.benchmarks.record;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;

/**
 * Ends a pipeline: counts what comes, and sums it up in a number that any order leaves the same.
 */
final class DigestFn<T> extends DoFn<T, Void> {
  static final String RESULTS = "results";
  static final String CHECKSUM = "checksum";

  private final Counter results = Metrics.counter(RecordPipeline.class, RESULTS);
  private final Counter checksum = Metrics.counter(RecordPipeline.class, CHECKSUM);
  private final SerializableFunction<T, Integer> hash;

  DigestFn(SerializableFunction<T, Integer> hash) {
    this.hash = hash;
  }

  @ProcessElement
  public void processElement(@Element T element) {
    results.inc();
    checksum.inc(hash.apply(element));
  }
}
