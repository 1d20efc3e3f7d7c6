package io.bisift.beam.stream;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;

/** What a stream tells of itself, as metrics of Beam, all in one namespace. */
public final class StreamMetrics {
  public static final String NAMESPACE = "bisift.stream";

  /** Messages read; those that are read again after a restart count again. */
  public static final String RECORDS_READ = "records_read";

  /** Records among them that cannot be ranked or written. */
  public static final String RECORDS_REJECTED = "records_rejected";

  /** Records that came with a version. */
  public static final String RECORDS_COMMITTED = "records_committed";

  /** Records that were committed before, dropped. */
  public static final String RECORDS_REPLAYED = "records_replayed";

  /** Records with the id of another one, dropped. */
  public static final String RECORDS_DUPLICATE = "records_duplicate";

  /** Records that came when their window was closed, dropped. */
  public static final String RECORDS_LATE = "records_late";

  /** How far event time has come, in seconds since 1970. */
  public static final String WATERMARK_SECONDS = "watermark_seconds";

  /** The latest version. */
  public static final String VERSION = "version";

  /** Records that the latest version keeps. */
  public static final String RECORDS_KEPT = "records_kept";

  /** Different scores that are remembered, over all sources and log shards. */
  public static final String HISTOGRAM_BUCKETS = "histogram_buckets";

  /** Rejected records among all, in millionths. */
  public static final String REJECTED_PPM = "rejected_ppm";

  private StreamMetrics() {}

  public static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }

  static Gauge gauge(String name) {
    return Metrics.gauge(NAMESPACE, name);
  }
}
