package io.bisift.runners.direct;

import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.Screen;

/** Main class of the laptop's {@code bisift}. */
public final class DirectLauncher {
  private DirectLauncher() {}

  public static void main(String[] args) {
    // the runner's threads would keep the process alive
    System.exit(Bisift.run(Screen.ofProcess(), new DirectDefaults(), args));
  }
}
