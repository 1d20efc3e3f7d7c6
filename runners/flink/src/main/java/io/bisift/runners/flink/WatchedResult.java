package io.bisift.runners.flink;

import io.bisift.core.UserException;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/** A job on a cluster. Waiting for one that fails throws, as with Beam's other runners. */
final class WatchedResult implements PipelineResult {
  private final PipelineResult job;
  private final FlinkRest rest;
  private final String name;

  /**
   * @param name of the job, which no other has
   */
  WatchedResult(PipelineResult job, FlinkRest rest, String name) {
    this.job = job;
    this.rest = rest;
    this.name = name;
  }

  @Override
  public State getState() {
    return job.getState();
  }

  @Override
  public State cancel() throws IOException {
    return job.cancel();
  }

  @Override
  public State waitUntilFinish() {
    return orThrow(job.waitUntilFinish());
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    return orThrow(job.waitUntilFinish(duration));
  }

  private State orThrow(State state) {
    if (state == State.FAILED) {
      throw UserException.failure(failure());
    }
    return state;
  }

  private String failure() {
    try {
      String id = rest.job(name).orElseThrow(() -> new IOException("the cluster has forgotten it"));
      return rest.failure(id);
    } catch (IOException e) {
      return "the job failed; why, could not be asked: " + e.getMessage();
    }
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }
}
