package io.bisift.pipelines.compare;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.UserException;
import io.bisift.formats.evaluate.ComparedRun;
import io.bisift.formats.evaluate.Comparison;
import io.bisift.formats.output.Json;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.CliCommand;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Invocation;
import io.bisift.pipelines.options.LocalPath;
import io.bisift.pipelines.run.TextTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code bisift compare}. */
public final class CompareCommand implements CliCommand {
  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "put several evaluations side by side";
  }

  @Override
  public String description() {
    return "Puts several evaluations side by side: a table, a plot over checkpoints, and"
        + " differences to the first with paired intervals.";
  }

  @Override
  public Class<CompareOptions> options() {
    return CompareOptions.class;
  }

  @Override
  public boolean takesBeamOptions() {
    return false;
  }

  @Override
  public String wordsOption() {
    return "run";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "bisift compare runs/full runs/bis-10 runs/random-10",
        "bisift compare runs/full-100 runs/full-200 runs/bis-100 runs/bis-200 --report"
            + " compare.html");
  }

  @Override
  public int run(Invocation invocation) throws IOException {
    CompareOptions options = invocation.options(CompareOptions.class);
    List<String> given = options.getRun() == null ? List.of() : options.getRun();
    List<String> folders = given.stream().map(LocalPath::of).toList();
    Storage storage =
        folders.stream().allMatch(Storages::knows) ? Storages.any() : new BeamStorage();
    List<ComparedRun> runs = new ArrayList<>();
    for (String folder : folders) {
      runs.add(ComparedRun.read(storage, folder));
    }
    Comparison comparison = Comparison.of(storage, runs, options.getBootstrap(), options.getSeed());
    write(storage, options.getReport(), comparison.report());
    write(storage, options.getJson(), Json.pretty(comparison));
    TextTable table = new TextTable(Comparison.headings().toArray(String[]::new));
    for (Comparison.Row row : comparison.rows()) {
      table.row(Comparison.cells(row).toArray(String[]::new));
    }
    invocation.screen().result(table.toString().stripTrailing());
    return ExitCode.OK;
  }

  private static void write(Storage storage, @Nullable String file, String text)
      throws IOException {
    if (file == null) {
      return;
    }
    String path = LocalPath.of(file);
    if (storage.isFolder(path)) {
      throw UserException.usage(path + " is a folder; name a file");
    }
    try (OutputStream out = Channels.newOutputStream(storage.create(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
