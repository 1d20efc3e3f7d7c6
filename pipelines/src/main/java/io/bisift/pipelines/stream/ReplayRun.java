package io.bisift.pipelines.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.UserException;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.log.Replay;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.scan.ImageFiles;
import io.bisift.formats.storage.Storage;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.LocalPath;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code bisift stream --replay}. */
final class ReplayRun {
  private final Screen screen;
  private final StreamCommand.Options options;

  ReplayRun(Screen screen, StreamCommand.Options options) {
    this.screen = screen;
    this.options = options;
  }

  static boolean isWanted(ReplayOptions options) {
    return StreamReader.isGiven(options.getReplay());
  }

  /** Takes the records in, and says what came of it. */
  void execute() throws IOException {
    List<String> inputs = StreamReader.inputs(options);
    if (!inputs.isEmpty()) {
      throw UserException.usage(
          "--replay takes in mended records and nothing else: leave "
              + String.join(" and ", inputs)
              + " out");
    }
    String output = options.getOutput();
    if (output == null || output.isEmpty()) {
      throw UserException.usage("--output is missing: name the growing set");
    }
    String set = LocalPath.of(output);
    Storage storage = new BeamStorage(options);
    StreamFolder folder = new StreamFolder(storage, set);
    StreamParameters parameters =
        folder
            .parameters()
            .orElseThrow(() -> UserException.usage(set + " is no growing set of bisift stream"));
    List<String> paths =
        (options.getReplay() == null ? List.<String>of() : options.getReplay())
            .stream().map(LocalPath::of).toList();
    Replay.Outcome outcome =
        new Replay(storage, folder, parameters, images(storage, parameters), Version.tool())
            .run(paths);
    if (!options.getQuiet()) {
      screen.result(line(set, outcome));
    }
  }

  private static ImageCheck images(Storage storage, StreamParameters parameters) {
    String root = parameters.imageRoot();
    return root == null ? ImageCheck.NONE : new ImageFiles(storage, root);
  }

  private static String line(String set, Replay.Outcome outcome) {
    return String.format(
        Locale.ROOT,
        "%s: version %,d, %,d records taken in, %,d taken in before, %,d still cannot be used%s",
        set,
        outcome.version(),
        outcome.taken(),
        outcome.before(),
        outcome.bad(),
        outcome.badFile().map(file -> ": see " + file).orElse(""));
  }
}
