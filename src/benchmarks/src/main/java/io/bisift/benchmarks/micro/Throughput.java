package io.bisift.benchmarks.micro;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Makes JMH print, beside invocations per second, how much input they got through. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Throughput {
  /** Millions of bytes. */
  public double megabytes;

  /** Rollouts. */
  public double rollouts;

  @Setup(Level.Iteration)
  public void reset() {
    megabytes = 0;
    rollouts = 0;
  }
}
