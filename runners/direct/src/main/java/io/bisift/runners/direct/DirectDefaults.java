package io.bisift.runners.direct;

import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import java.util.Locale;
import java.util.Map;

/**
 * Settings of the direct runner for work instead of tests: no checks of every element, as many
 * threads as there are cores, and a pipeline that can be watched while it runs.
 */
final class DirectDefaults implements RunnerDefaults {
  private static final String RUNNER = "DirectRunner";

  @Override
  public Map<String, String> of(GivenOptions given) {
    if (!isDirect(given.value("runner").orElse(RUNNER))) {
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

  /** Beam takes a runner's simple name in any case, with or without "Runner", or its class. */
  private static boolean isDirect(String runner) {
    String name = runner.substring(runner.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.equals("directrunner") || name.equals("direct");
  }
}
