package io.bisift.trainer.health;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** How far a run is, and when it last gave a sign of life. Written by the run, read by others. */
public final class Progress {
  private final LongSupplier nanos;
  private final Map<String, Double> values = new ConcurrentSkipListMap<>();
  private volatile boolean training;
  private volatile long sign;
  private volatile long update;
  private volatile long updates;

  public Progress() {
    this(System::nanoTime);
  }

  /**
   * @param nanos the clock
   */
  Progress(LongSupplier nanos) {
    this.nanos = nanos;
    alive();
  }

  /** Loading is over, updates begin. */
  public void begin(long from, long of) {
    update = from;
    updates = of;
    alive();
    training = true;
  }

  /** A sign of life: something was computed, or written. */
  public void alive() {
    sign = nanos.getAsLong();
  }

  /**
   * What an update or an evaluation came to.
   *
   * @param kind {@code train} or {@code eval}, as in {@code metrics.jsonl}
   */
  public void report(long made, String kind, Map<String, Double> measured) {
    update = made;
    measured.forEach((name, value) -> values.put(kind + "_" + name, value));
    alive();
  }

  /** A checkpoint is whole. */
  public void saved(long made) {
    values.put("checkpoint_update", (double) made);
    alive();
  }

  /** Whether loading is over. */
  boolean isTraining() {
    return training;
  }

  /** Seconds since the last sign of life. */
  double quietSeconds() {
    return (nanos.getAsLong() - sign) / 1e9;
  }

  /** Everything that is a number, by name. */
  Map<String, Double> values() {
    Map<String, Double> all = new ConcurrentSkipListMap<>(values);
    if (training) {
      all.put("update", (double) update);
      all.put("updates", (double) updates);
    }
    all.put("quiet_seconds", quietSeconds());
    return all;
  }
}
