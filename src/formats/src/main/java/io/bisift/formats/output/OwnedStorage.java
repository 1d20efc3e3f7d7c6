package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storage as a run writes to it: a file gets its final name only while the run owns its folder,
 * and, where the storage has versions, never in place of a file of the run that took the folder
 * meanwhile, nor beside its files.
 */
final class OwnedStorage implements Storage {
  private final Storage storage;
  private final OutputFolder folder;
  private final String id;

  /**
   * @param id of the run
   */
  OwnedStorage(Storage storage, OutputFolder folder, String id) {
    this.storage = storage;
    this.folder = folder;
    this.id = id;
  }

  @Override
  public void move(String from, String to) throws IOException {
    Optional<Versions> versions = storage.versions(to);
    if (versions.isEmpty()) {
      storage.move(from, to);
      return;
    }
    long seen = Versions.ABSENT;
    boolean moved = false;
    while (!moved) {
      folder.requireOwner(id);
      try {
        long made = versions.get().move(from, to, seen);
        moved = true;
        requireStillOwned(versions.get(), to, made);
      } catch (
          Versions.ChangedException e) { // by another attempt, or by a run that lost the folder
        seen = versions.get().version(to);
      } catch (NoSuchFileException e) { // the run that took the folder has cleared it
        folder.requireOwner(id);
        throw e;
      }
    }
  }

  /** Takes back what got its name when the folder was no longer the run's. */
  private void requireStillOwned(Versions versions, String path, long made) throws IOException {
    try {
      folder.requireOwner(id);
    } catch (UserException e) {
      versions.delete(path, made);
      throw e;
    }
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return storage.isFolder(path);
  }

  @Override
  public boolean isFile(String path) throws IOException {
    return storage.isFile(path);
  }

  @Override
  public List<StoredFile> list(String path) throws IOException {
    return storage.list(path);
  }

  @Override
  public List<StoredFile> listAll(String path) throws IOException {
    return storage.listAll(path);
  }

  @Override
  public List<StoredFile> match(String glob) throws IOException {
    return storage.match(glob);
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    return storage.open(path);
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    return storage.create(path);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    storage.delete(paths);
  }

  @Override
  public void deleteFolder(String path) throws IOException {
    storage.deleteFolder(path);
  }

  @Override
  public Optional<Set<String>> names(String folder, int most) throws IOException {
    return storage.names(folder, most);
  }

  @Override
  public Optional<Versions> versions(String path) {
    return storage.versions(path);
  }
}
