package io.bisift.pipelines.run;

import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.run.LocalRun;
import io.bisift.formats.run.SetPlan;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.WorkOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work by threads of this process, on files that need no Beam: of this machine, or in buckets. */
final class LocalDriver implements Driver {
  private final Storage storage = Storages.any();
  private final int threads;
  private volatile @Nullable LocalRun run;

  /**
   * @param parallelism how many ranges are worked on at once, or {@link WorkOptions#NOT_GIVEN}
   */
  LocalDriver(int parallelism) {
    threads = WorkOptions.onThisMachine(parallelism);
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public List<Manifest> plan(RunGroup group, List<SourceFile> sources) throws IOException {
    try (LocalRun local = start(group, sources)) {
      return local.plan().stream().map(SetPlan::manifest).toList();
    }
  }

  @Override
  public void write(RunGroup group, List<SourceFile> sources, String id) throws IOException {
    try (LocalRun local = start(group, sources)) {
      local.write(id);
    }
  }

  private LocalRun start(RunGroup group, List<SourceFile> sources) {
    LocalRun local = new LocalRun(storage, group, sources, Version.tool(), threads);
    run = local;
    return local;
  }

  @Override
  public Counters counters() {
    LocalRun local = run;
    return local == null ? Counters.NONE : Counters.of(local.progress());
  }

  @Override
  public void cancel() {
    LocalRun local = run;
    if (local != null) {
      local.cancel();
    }
  }
}
