package io.bisift.runners.direct;

import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import java.util.Map;

/**
 * Settings of the direct runner for work instead of tests: no checks of every element, as many
 * threads as there are cores, and a pipeline that can be watched while it runs.
 */
final class DirectDefaults implements RunnerDefaults {
  private static final String RUNNER = "DirectRunner";

  @Override
  public Map<String, String> of(GivenOptions given) {
    if (!RunnerDefaults.isNamed(given.value("runner").orElse(RUNNER), "Direct")) {
      return Map.of();
    }
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    return Map.of(
        "runner", RUNNER,
        "blockOnRun", "false",
        "enforceImmutability", "false",
        "enforceEncodability", "false",
        "targetParallelism", given.value("parallelism").orElse(cores));
  }

  @Override
  public boolean alwaysBeam() {
    return false; // this machine's threads do the same work without it, sooner
  }
}
