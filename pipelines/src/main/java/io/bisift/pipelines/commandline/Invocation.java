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

  /** The command's own options, without Beam: only their getters can be called. */
  public <T extends PipelineOptions> T options(Class<T> type) {
    return given.own(type);
  }

  /** All options in Beam's form, with the launcher's defaults for its runner. */
  public <T extends PipelineOptions> T beamOptions(Class<T> type) {
    return given.as(type, defaults);
  }

  /** Whether Beam is to do the work: its options were given, or the launcher knows no other way. */
  public boolean asksForBeam() {
    return given.hasBeamOptions() || defaults.alwaysBeam();
  }

  /** Whether the work is done in this process, so that what it needs must be here. */
  public boolean worksHere() {
    return defaults.worksHere(given);
  }

  public Screen screen() {
    return screen;
  }
}
