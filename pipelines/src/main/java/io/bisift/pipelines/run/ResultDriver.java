package io.bisift.pipelines.run;

import io.bisift.formats.storage.Storage;
import java.io.IOException;

/** What does the work of an evaluation or a reranking. All drivers write the same bytes. */
interface ResultDriver {
  /** What finds files for it. */
  Storage storage();

  /**
   * Does the work.
   *
   * @param id tells this run from others that want the same folder
   */
  void write(String id) throws IOException;

  /** Items that are done; may be called from another thread. */
  Done done();

  /** Stops it; may be called from another thread. */
  void cancel() throws IOException;

  /**
   * How far it is.
   *
   * @param items that have scores or were rejected
   * @param before those of them that an earlier run did
   */
  record Done(long items, long before) {
    static final Done NOTHING = new Done(0, 0);
  }
}
