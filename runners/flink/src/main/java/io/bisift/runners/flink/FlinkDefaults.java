package io.bisift.runners.flink;

import io.bisift.core.UserException;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.rest.ClusterOverview;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Settings of the Flink runner for work on a cluster. The cluster is asked first, so that a wrong
 * address or a version that does not fit is told before anything is sent there.
 */
final class FlinkDefaults implements RunnerDefaults {
  /** Flink inside this process. */
  static final String EMBEDDED = "[local]";

  /** The line of Flink that Beam's runner in this jar is made for. */
  static final String FLINK_LINE = "1.19.";

  @Override
  public Map<String, String> of(GivenOptions given) {
    if (!RunnerDefaults.isNamed(given.value("runner").orElse("FlinkRunner"), "Flink")) {
      return Map.of();
    }
    String master = given.value("flinkMaster").orElse(EMBEDDED);
    Map<String, String> defaults = new HashMap<>();
    defaults.put("runner", WatchedFlinkRunner.class.getName());
    defaults.put("flinkMaster", master);
    // no transform of ours changes what it was given
    defaults.put("fasterCopy", "true");
    if (master.startsWith("[")) {
      String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
      defaults.put("parallelism", cores);
    } else {
      ClusterOverview cluster = ask(FlinkRest.at(master));
      defaults.put("parallelism", Integer.toString(cluster.slots()));
      // so that the run can be watched; how it ends is seen within a second
      defaults.put("attachedMode", "false");
      defaults.put("jobCheckIntervalInSecs", "1");
    }
    return defaults;
  }

  private static ClusterOverview ask(FlinkRest rest) {
    ClusterOverview cluster;
    try {
      cluster = rest.overview();
    } catch (IOException e) {
      throw UserException.failure("no Flink cluster answers at " + rest.url(), e);
    }
    if (!cluster.flinkVersion().startsWith(FLINK_LINE)) {
      throw UserException.failure(
          "the cluster at "
              + rest.url()
              + " runs Flink "
              + cluster.flinkVersion()
              + "; this jar is for "
              + FLINK_LINE
              + "x");
    }
    if (cluster.slots() == 0) {
      throw UserException.failure("the cluster at " + rest.url() + " has no workers");
    }
    return cluster;
  }

  @Override
  public boolean worksHere(GivenOptions given) {
    return given.value("flinkMaster").orElse(EMBEDDED).startsWith("[");
  }
}
