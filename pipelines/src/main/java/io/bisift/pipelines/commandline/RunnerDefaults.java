package io.bisift.pipelines.commandline;

import java.util.Map;

/** What a launcher tells Beam on behalf of the runner that it comes with. */
@FunctionalInterface
public interface RunnerDefaults {
  /** Of a launcher without a runner. */
  RunnerDefaults NONE = given -> Map.of();

  /** Beam options, by Java name, for a command line that does not give them. */
  Map<String, String> of(GivenOptions given);

  /**
   * Whether a runner as typed is the one of this simple name: Beam takes that in any case, with or
   * without "Runner", or the name of its class.
   *
   * @param simpleName without "Runner"
   */
  static boolean isNamed(String typed, String simpleName) {
    String name = typed.substring(typed.lastIndexOf('.') + 1);
    return name.equalsIgnoreCase(simpleName) || name.equalsIgnoreCase(simpleName + "Runner");
  }

  /** Whether Beam does the work even where the command line asks for nothing of Beam's. */
  default boolean alwaysBeam() {
    return true;
  }

  /** Whether the work is done in this process, so that what it needs must be here. */
  default boolean worksHere(GivenOptions given) {
    return true;
  }
}
