package io.bisift.pipelines.run;

import io.bisift.beam.file.BuildDataset;
import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.commandline.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/** Work by a Beam pipeline, on whatever runner the options name. */
final class BeamDriver implements Driver {
  private final PipelineOptions options;
  private final Screen screen;
  private final Storage storage;
  private volatile int sets = 1;
  private final BeamJob job;

  BeamDriver(PipelineOptions options, Screen screen) {
    this.options = options;
    this.job = new BeamJob(options);
    this.storage = new BeamStorage(options);
    this.screen = screen;
    QuietLog.install(screen);
    FileSystems.setDefaultPipelineOptions(options);
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public List<Manifest> plan(RunGroup group, List<SourceFile> sources) throws IOException {
    String id = UUID.randomUUID().toString();
    String folder = options.getTempLocation();
    String path =
        Storage.resolve(
            folder == null ? System.getProperty("java.io.tmpdir") : folder,
            "bisift-plan-" + id + ".json");
    List<String> reports = new ArrayList<>();
    for (int run = 0; run < group.runs().size(); run++) {
      reports.add(BuildDataset.reportOf(path, run));
    }
    try {
      run(group, BuildDataset.of(group, Version.tool(), id).asDryRun(path));
      List<Manifest> plans = new ArrayList<>();
      for (String report : reports) {
        try (InputStream in = Channels.newInputStream(storage.open(report))) {
          String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          plans.add(Json.parse(text, Manifest.class));
        }
      }
      return plans;
    } finally {
      remove(reports);
    }
  }

  private void remove(List<String> reports) {
    try {
      storage.delete(reports);
    } catch (IOException e) {
      screen.note("could not remove " + reports.get(0) + ": " + e.getMessage());
    }
  }

  @Override
  public void write(RunGroup group, List<SourceFile> sources, String id) {
    run(group, BuildDataset.of(group, Version.tool(), id));
  }

  private void run(RunGroup group, BuildDataset graph) {
    sets = group.runs().size();
    job.run("BuildDataset", graph, Set.of(PipelineResult.State.DONE));
  }

  @Override
  public Counters counters() {
    PipelineResult running = job.result();
    return running == null ? Counters.NONE : Counters.of(running, sets);
  }

  @Override
  public void cancel() throws IOException {
    job.cancel();
  }
}
