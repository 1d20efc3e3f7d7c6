package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Versions;
import io.bisift.formats.storage.Versions.ChangedException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's hold on its output folder. {@code run.json} says who the owner is. Where the storage has
 * versions, it is written only over the version that was seen, so one of two runs that take a
 * folder at once gets it, and one that lost it meanwhile cannot commit:
 *
 * <pre>
 *   claim   run.json: seen → locked → old files go → owner
 *   commit  run.json: owner → ended → last file over the version seen → is run.json still mine?
 * </pre>
 *
 * A run whose {@code run.json} was replaced while it wrote the last file takes that back; so
 * whoever owns {@code run.json} decides. Not thread-safe.
 */
public final class Ownership {
  /** Added to the id of a run that has the folder but has not cleared it yet. */
  public static final String CLEARING = "/clearing";

  private final OwnedFolder folder;
  private final OutputLayout layout;
  private final @Nullable Versions versions;

  /** Of {@code run.json} and the file that is written last, as last seen or written. */
  private long runVersion;

  private long lastVersion;

  private byte @Nullable [] before;

  private Ownership(OwnedFolder folder, @Nullable Versions versions) {
    this.folder = folder;
    this.layout = folder.layout();
    this.versions = versions;
  }

  /** The state of things before anything is read or decided. */
  public static Ownership of(OwnedFolder folder, Optional<Versions> versions) throws IOException {
    Ownership ownership = new Ownership(folder, versions.orElse(null));
    if (versions.isPresent()) {
      OutputLayout layout = folder.layout();
      ownership.runVersion = versions.get().version(layout.path(OutputLayout.RUN));
      ownership.lastVersion = versions.get().version(layout.path(folder.last()));
    }
    return ownership;
  }

  /** Removes the last file as it was seen: the folder is no longer complete. */
  public void removeLast() throws IOException {
    if (versions == null) {
      folder.remove(folder.last());
    } else if (lastVersion != Versions.ABSENT) {
      versions.delete(layout.path(folder.last()), lastVersion);
      lastVersion = Versions.ABSENT;
    }
  }

  /**
   * Keeps other runs out while the folder is cleared.
   *
   * @param run {@code run.json} of this run, {@link #CLEARING} added to its id
   * @param old what it says until now, or null
   */
  public void lock(byte[] run, byte @Nullable [] old) throws IOException {
    if (versions != null) {
      before = old;
      write(run);
    }
  }

  /** Gives the folder back as it was. */
  public void unlock() throws IOException {
    if (before != null) {
      write(before);
    }
  }

  /**
   * Writes {@code run.json}.
   *
   * @throws UserException if another run has written it since it was seen
   */
  public void write(byte[] run) throws IOException {
    if (versions == null) {
      folder.write(OutputLayout.RUN, run);
      return;
    }
    try {
      runVersion = versions.write(layout.path(OutputLayout.RUN), run, runVersion);
    } catch (ChangedException e) {
      throw folder.taken();
    }
  }

  /**
   * Writes the last file.
   *
   * @throws UserException if another run has taken the folder; then the file is not, or no longer,
   *     this run's
   */
  public void commit(byte[] last) throws IOException {
    if (versions == null) {
      folder.write(folder.last(), last);
      return;
    }
    String path = layout.path(folder.last());
    boolean written = false;
    while (!written) {
      try {
        lastVersion = versions.write(path, last, lastVersion);
        written = true;
      } catch (ChangedException e) { // by a run that lost the folder, or an attempt of this one
        requireOwned();
        lastVersion = versions.version(path);
      }
    }
    try {
      requireOwned();
    } catch (UserException e) {
      versions.delete(path, lastVersion);
      throw e;
    }
  }

  private void requireOwned() throws IOException {
    if (versions != null && versions.version(layout.path(OutputLayout.RUN)) != runVersion) {
      throw folder.taken();
    }
  }
}
