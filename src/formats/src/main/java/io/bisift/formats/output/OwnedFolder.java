package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Versions;
import java.io.IOException;

/**
 * A folder that one run at a time owns: {@code run.json}, written first, says which, and a file
 * that is written last says that all is there. {@link Ownership} is a run's hold on it.
 */
public interface OwnedFolder {
  OutputLayout layout();

  /** Name of the file that is written last. */
  String last();

  /** Writes a small file, whole or not at all. */
  void write(String name, byte[] content) throws IOException;

  /** Removes a file, if it is there. */
  void remove(String name) throws IOException;

  /**
   * Ends the run if another one has taken the folder since.
   *
   * @throws UserException then
   */
  void requireOwner(String id) throws IOException;

  /** What is said to a run that has lost the folder. */
  default UserException taken() {
    return UserException.failure(
        "another run has taken "
            + layout().folder()
            + "; this one stops, so that the two do not mix");
  }

  /**
   * A storage as the run that owns the folder writes to it: a file gets its final name only while
   * the run owns the folder, and, where the storage has {@link Versions}, never in place of a file
   * of the run that took the folder meanwhile, nor beside its files.
   */
  default Storage ownedBy(String id, Storage storage) {
    return new OwnedStorage(storage, this, id);
  }
}
