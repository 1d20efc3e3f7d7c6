package io.bisift.pipelines.run;

import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.List;

/** What does the work of a run. All drivers write the same bytes. */
interface Driver {
  /** What finds files for it. */
  Storage storage();

  /** The manifests of the sets as they would be; nothing is written. */
  List<Manifest> plan(RunGroup group, List<SourceFile> sources) throws IOException;

  /**
   * Makes the sets.
   *
   * @param id tells this run from others that want the same folders
   */
  void write(RunGroup group, List<SourceFile> sources, String id) throws IOException;

  /** How far it is; may be called from another thread. */
  Counters counters();

  /** Stops it; may be called from another thread. */
  void cancel() throws IOException;
}
