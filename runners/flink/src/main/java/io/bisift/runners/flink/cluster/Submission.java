package io.bisift.runners.flink.cluster;

import io.bisift.core.UserException;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.convert.ConvertPipeline;
import io.bisift.pipelines.evaluate.EvaluatePipeline;
import io.bisift.pipelines.rerank.RerankPipeline;
import io.bisift.pipelines.select.SelectPipeline;
import io.bisift.pipelines.stream.StreamPipeline;
import io.bisift.runners.flink.AbsolutePaths;
import io.bisift.runners.flink.rest.FlinkRest;
import io.bisift.runners.flink.rest.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A pipeline that is handed to a cluster as anyone's cluster gets it: a jar and a main class. */
public final class Submission {
  private static final Map<String, String> MAIN_CLASSES =
      new TreeMap<>(
          Map.of(
              "convert", ConvertPipeline.class.getName(),
              "evaluate", EvaluatePipeline.class.getName(),
              "rerank", RerankPipeline.class.getName(),
              "select", SelectPipeline.class.getName(),
              "stream", StreamPipeline.class.getName()));
  private static final long POLL_MILLIS = 500;

  private final FlinkRest rest;
  private final Path jar;

  public Submission(FlinkRest rest, Path jar) {
    this.rest = rest;
    this.jar = jar;
  }

  /**
   * Starts a pipeline and does not wait for it. As many pieces are worked on at once as the cluster
   * has slots, if the arguments do not say.
   *
   * @param args the pipeline's
   * @return the job's id
   */
  public String start(String pipeline, List<String> args) throws IOException {
    String mainClass = MAIN_CLASSES.get(pipeline);
    if (mainClass == null) {
      throw UserException.usage(
          "submit takes one of " + MAIN_CLASSES.keySet() + ", not '" + pipeline + "'");
    }
    List<String> all = new ArrayList<>(AbsolutePaths.in(args));
    addUnlessGiven(all, "--runner", "FlinkRunner");
    addUnlessGiven(all, "--fasterCopy", "true");
    // else the runner asks for results that a job started over REST has not
    addUnlessGiven(all, "--attachedMode", "false");
    addUnlessGiven(all, "--jobName", "bisift-" + pipeline);
    int slots = Math.max(1, rest.overview().slots());
    String uploaded = rest.upload(jar);
    try {
      return rest.run(uploaded, mainClass, all, slots);
    } finally {
      rest.delete(uploaded);
    }
  }

  private static void addUnlessGiven(List<String> args, String option, String value) {
    String kebab = option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    boolean given =
        args.stream()
            .map(arg -> arg.replaceAll("=.*", ""))
            .anyMatch(name -> name.equals(option) || name.equals(kebab));
    if (!given) {
      args.add(option + "=" + value);
    }
  }

  /**
   * Waits for the end of a job.
   *
   * @param screen is told when something changes
   * @return how it ended
   */
  public JobStatus await(String job, Screen screen) throws IOException {
    String told = "";
    while (true) {
      JobStatus status = rest.status(job);
      if (status.ended()) {
        screen.clearProgress();
        return status;
      }
      if (!status.inWords().equals(told)) {
        told = status.inWords();
        screen.progress(told);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw UserException.failure("interrupted; job " + job + " goes on at " + rest.url(), e);
      }
    }
  }
}
