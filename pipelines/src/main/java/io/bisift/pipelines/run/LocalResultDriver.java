package io.bisift.pipelines.run;

import io.bisift.formats.evaluate.LocalEvaluation;
import io.bisift.formats.evaluate.ResultParameters;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.options.WorkOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Work by threads of this process, on files that need no Beam: of this machine, or in buckets. */
final class LocalResultDriver<P extends ResultParameters> implements ResultDriver {
  private final Storage storage = Storages.any();
  private final ResultKind<P> kind;
  private final P parameters;
  private final int threads;
  private volatile @Nullable LocalEvaluation run;

  /**
   * @param parallelism how many chunks are worked on at once, or {@link WorkOptions#NOT_GIVEN}
   */
  LocalResultDriver(ResultKind<P> kind, P parameters, int parallelism) {
    this.kind = kind;
    this.parameters = parameters;
    this.threads = WorkOptions.onThisMachine(parallelism);
  }

  @Override
  public Storage storage() {
    return storage;
  }

  @Override
  public void write(String id) throws IOException {
    try (LocalEvaluation local = new LocalEvaluation(storage, Version.tool(), threads)) {
      run = local;
      kind.write(local, parameters, id);
    }
  }

  @Override
  public Done done() {
    LocalEvaluation local = run;
    return local == null ? Done.NOTHING : new Done(local.itemsDone(), local.itemsDoneBefore());
  }

  @Override
  public void cancel() {
    LocalEvaluation local = run;
    if (local != null) {
      local.cancel();
    }
  }
}
