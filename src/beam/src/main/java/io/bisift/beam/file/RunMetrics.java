package io.bisift.beam.file;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** The counters that tell how far a run is, all in one namespace. */
public final class RunMetrics {
  public static final String NAMESPACE = "bisift";
  public static final String BYTES_SCANNED = "bytes_scanned";
  public static final String ROLLOUTS_SCANNED = "rollouts_scanned";
  public static final String BYTES_LOOKED_AT = "bytes_looked_at";
  public static final String BYTES_REPLAYED = "bytes_replayed";
  public static final String RECORDS_WRITTEN = "records_written";
  public static final String RECORDS_REJECTED = "records_rejected";

  private RunMetrics() {}

  static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }
}
