package io.bisift.runners.dataflow;

import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.Screen;

/** Main class of {@code bisift … --runner=DataflowRunner}. */
public final class DataflowLauncher {
  private DataflowLauncher() {}

  public static void main(String[] args) {
    // clients' threads would keep the process alive
    System.exit(Bisift.run(Screen.ofProcess(), new DataflowDefaults(), args));
  }
}
