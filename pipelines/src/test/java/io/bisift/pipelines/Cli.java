package io.bisift.pipelines;

import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command line did.
 *
 * @param out standard output
 * @param err standard error
 */
public record Cli(int exitCode, String out, String err) {
  /** Those of a launcher on one machine. */
  private static final RunnerDefaults DIRECT =
      new RunnerDefaults() {
        @Override
        public Map<String, String> of(GivenOptions given) {
          return Map.of(
              "runner", "DirectRunner",
              "blockOnRun", "false",
              "enforceImmutability", "false",
              "enforceEncodability", "false",
              "targetParallelism", "2");
        }

        @Override
        public boolean alwaysBeam() {
          return false;
        }
      };

  /** Runs a command line in this process. */
  public static Cli run(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Screen screen = new Screen(stream(out), stream(err), /* terminal= */ false);
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode = Bisift.run(screen, DIRECT, words);
    return new Cli(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
