package io.bisift.pipelines.commandline;

import org.apache.beam.sdk.options.PipelineOptions;

/** What a command is run with. */
public final class Invocation {
  private final GivenOptions given;
  private final RunnerDefaults defaults;
  private final Screen screen;

  Invocation(GivenOptions given, RunnerDefaults defaults, Screen screen) {
    this.given = given;
    this.defaults = defaults;
    this.screen = screen;
  }

  /** The options, with the launcher's defaults for its runner. */
  public <T extends PipelineOptions> T options(Class<T> type) {
    return given.as(type, defaults);
  }

  public Screen screen() {
    return screen;
  }
}
