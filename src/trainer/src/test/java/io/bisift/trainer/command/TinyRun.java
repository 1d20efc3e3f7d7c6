package io.bisift.trainer.command;

import io.bisift.formats.compress.Compression;
import io.bisift.model.init.NewCheckpoint;
import io.bisift.model.init.Preset;
import io.bisift.trainer.data.Sets;
import io.bisift.trainer.sample.SumCorpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tiny model, a small set with pictures, and {@code bisift train} over them. */
final class TinyRun {
  final Path folder;

  /** What a command said and returned. */
  record Said(int code, String out, String err) {}

  private TinyRun(Path folder) {
    this.folder = folder;
  }

  static TinyRun make(Path folder, int records) throws IOException {
    NewCheckpoint.write(folder.resolve("tiny"), Preset.TINY, 1, Optional.empty());
    new SumCorpus(folder.resolve("corpus"), 4, 1).write("all", records);
    List<Sets.Line> lines = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      String image = "all/%05d.png".formatted(i);
      lines.add(Sets.line(i, image, "number " + i % 7 + "?", i % 2, (i / 2) % 2, 1));
    }
    int half = records / 2;
    Sets.write(
        folder.resolve("set"),
        Compression.GZIP,
        List.of(lines.subList(0, half), lines.subList(half, records)));
    Sets.write(folder.resolve("held-out"), Compression.NONE, List.of(lines.subList(0, 6)));
    return new TinyRun(folder);
  }

  /** Arguments of {@code fit} into a folder. */
  String[] fit(String output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "fit",
                "--model=" + folder.resolve("tiny"),
                "--train=" + folder.resolve("set"),
                "--image-root=" + folder.resolve("corpus/images"),
                "--output=" + folder.resolve(output),
                "--global-batch=4",
                "--micro-batch=2",
                "--length-window=8",
                "--learning-rate=1e-2",
                "--devices=cpu"));
    for (String option : more) { // instead of one above, where there is one
      String name = option.substring(0, option.indexOf('=') + 1);
      arguments.removeIf(argument -> !name.isEmpty() && argument.startsWith(name));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** A command in a process of its own. */
  static ProcessBuilder process(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.pytorch.num_threads=1",
                "-Dai.djl.pytorch.num_interop_threads=1",
                "-cp",
                System.getProperty("java.class.path"),
                Train.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Runs a command in this process. */
  static synchronized Said run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
    try {
      int code = Train.run(arguments);
      return new Said(
          code, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
