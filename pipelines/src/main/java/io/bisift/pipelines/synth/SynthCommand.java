package io.bisift.pipelines.synth;

import io.bisift.core.UserException;
import io.bisift.formats.synth.Synth;
import io.bisift.formats.synth.SynthParameters;
import io.bisift.formats.synth.SynthSummary;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.options.WorkOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code bisift synth}. */
public final class SynthCommand implements CliCommand {
  @Override
  public String name() {
    return "synth";
  }

  @Override
  public String summary() {
    return "make up annotation files to try things on";
  }

  @Override
  public String description() {
    return "Writes annotation files with the statistics of VisualPRM400K-v1.1 at any size: its 38"
        + " sources with their numbers of rollouts and steps and their mean Monte Carlo scores,"
        + " about 8 % of the rollouts mixed. The texts are random words. A synth.json beside the"
        + " files says how they were made.";
  }

  @Override
  public Class<SynthOptions> options() {
    return SynthOptions.class;
  }

  @Override
  public boolean takesBeamOptions() {
    return false;
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift synth --output corpora/full",
        "bisift synth --output corpora/small --scale 0.01 --seed 7",
        "bisift synth --output corpora/dirty --scale 0.1 --bad 0.02 --compression zstd",
        "bisift synth --output corpora/one --scale 10 --single-source --arbitrary-scores");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    SynthOptions options = invocation.options(SynthOptions.class);
    Screen screen = invocation.screen();
    int parallelism = WorkOptions.onThisMachine(options.getParallelism());
    String folder = localFolder(options);
    Synth synth = new Synth(parameters(options), Path.of(folder));
    if (options.getQuiet()) {
      synth.write(Version.tool(), parallelism, options.getForce());
      return ExitCode.OK;
    }
    SynthWatch watch = new SynthWatch(screen, synth.progress());
    SynthSummary summary;
    try {
      summary = synth.write(Version.tool(), parallelism, options.getForce());
    } finally {
      watch.close();
    }
    screen.result(folder + ": " + watch.words(summary));
    return ExitCode.OK;
  }

  private static SynthParameters parameters(SynthOptions options) {
    return new SynthParameters(
        options.getScale(),
        options.getSeed(),
        options.getBad(),
        options.getArbitraryScores(),
        options.getSingleSource(),
        options.getFiles(),
        options.getCompression().format());
  }

  private static String localFolder(SynthOptions options) {
    String output = options.getOutput();
    if (output == null || output.isEmpty()) {
      throw UserException.usage("--output is missing; name a folder, for example corpora/small");
    }
    String folder = LocalPath.of(output);
    if (folder.contains("://")) {
      throw UserException.usage("--output must be a folder on this machine, was " + output);
    }
    return folder;
  }
}
