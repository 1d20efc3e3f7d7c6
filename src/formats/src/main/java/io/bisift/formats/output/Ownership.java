package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Versions;
import io.bisift.formats.storage.Versions.ChangedException;
import java.io.ByteArrayOutputStream;
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
 *   commit  run.json: owner → ended → manifest.json over the version seen → is run.json still mine?
 * </pre>
 *
 * A run whose {@code run.json} was replaced while it wrote the manifest takes the manifest back; so
 * whoever owns {@code run.json} decides. Not thread-safe.
 */
final class Ownership {
  /** Added to the id of a run that has the folder but has not cleared it yet. */
  private static final String CLEARING = "/clearing";

  private final OutputFolder folder;
  private final OutputLayout layout;
  private final @Nullable Versions versions;

  /** Of {@code run.json} and the manifest, as last seen or written. */
  private long runVersion;

  private long manifestVersion;

  private @Nullable RunFile before;

  private Ownership(OutputFolder folder, OutputLayout layout, @Nullable Versions versions) {
    this.folder = folder;
    this.layout = layout;
    this.versions = versions;
  }

  /** The state of things before anything is read or decided. */
  static Ownership of(OutputFolder folder, OutputLayout layout, Optional<Versions> versions)
      throws IOException {
    Ownership ownership = new Ownership(folder, layout, versions.orElse(null));
    if (versions.isPresent()) {
      ownership.runVersion = versions.get().version(layout.path(OutputLayout.RUN));
      ownership.manifestVersion = versions.get().version(layout.path(OutputLayout.MANIFEST));
    }
    return ownership;
  }

  /** Removes the manifest that was seen: the set is no longer complete. */
  void removeManifest() throws IOException {
    if (versions == null) {
      folder.remove(OutputLayout.MANIFEST);
    } else if (manifestVersion != Versions.ABSENT) {
      versions.delete(layout.path(OutputLayout.MANIFEST), manifestVersion);
      manifestVersion = Versions.ABSENT;
    }
  }

  /**
   * Keeps other runs out while the folder is cleared.
   *
   * @param old what {@code run.json} says until now
   */
  void lock(RunFile run, Optional<RunFile> old) throws IOException {
    if (versions != null) {
      before = old.orElse(null);
      write(run.withId(run.id() + CLEARING));
    }
  }

  /** Gives the folder back as it was. */
  void unlock() throws IOException {
    if (before != null) {
      write(before);
    }
  }

  /**
   * Writes {@code run.json}.
   *
   * @throws UserException if another run has written it since it was seen
   */
  void write(RunFile run) throws IOException {
    OutputFolder.Content text = out -> Json.write(run, out);
    if (versions == null) {
      folder.write(OutputLayout.RUN, text);
      return;
    }
    try {
      runVersion = versions.write(layout.path(OutputLayout.RUN), bytes(text), runVersion);
    } catch (ChangedException e) {
      throw folder.taken();
    }
  }

  /**
   * Writes the manifest.
   *
   * @throws UserException if another run has taken the folder; then the manifest is not, or no
   *     longer, this run's
   */
  void commit(OutputFolder.Content manifest) throws IOException {
    if (versions == null) {
      folder.write(OutputLayout.MANIFEST, manifest);
      return;
    }
    String path = layout.path(OutputLayout.MANIFEST);
    byte[] content = bytes(manifest);
    boolean written = false;
    while (!written) {
      try {
        manifestVersion = versions.write(path, content, manifestVersion);
        written = true;
      } catch (ChangedException e) { // by a run that lost the folder, or an attempt of this one
        requireOwned();
        manifestVersion = versions.version(path);
      }
    }
    try {
      requireOwned();
    } catch (UserException e) {
      versions.delete(path, manifestVersion);
      throw e;
    }
  }

  private void requireOwned() throws IOException {
    if (versions != null && versions.version(layout.path(OutputLayout.RUN)) != runVersion) {
      throw folder.taken();
    }
  }

  private static byte[] bytes(OutputFolder.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    return bytes.toByteArray();
  }
}
