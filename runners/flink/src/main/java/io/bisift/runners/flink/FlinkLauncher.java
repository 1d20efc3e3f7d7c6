package io.bisift.runners.flink;

import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.Screen;
import java.util.List;

/** Main class of {@code bisift-flink}: the command line as a client of a Flink cluster. */
public final class FlinkLauncher {
  private FlinkLauncher() {}

  public static void main(String[] args) {
    String[] absolute = AbsolutePaths.in(List.of(args)).toArray(String[]::new);
    // Flink's threads would keep the process alive
    System.exit(Bisift.run(Screen.ofProcess(), new FlinkDefaults(), absolute));
  }
}
