package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.storage.ForwardingStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** See {@link OwnedFolder#ownedBy}. */
final class OwnedStorage extends ForwardingStorage {
  private final Storage storage;
  private final OwnedFolder folder;
  private final String id;

  /**
   * @param id of the run
   */
  OwnedStorage(Storage storage, OwnedFolder folder, String id) {
    this.storage = storage;
    this.folder = folder;
    this.id = id;
  }

  @Override
  protected Storage of(String path) {
    return storage;
  }

  @Override
  public void move(String from, String to) throws IOException {
    try {
      Optional<Versions> versions = storage.versions(to);
      if (versions.isPresent()) {
        move(from, to, versions.get());
      } else {
        storage.move(from, to);
      }
    } catch (NoSuchFileException e) { // the run that took the folder has cleared it
      folder.requireOwner(id);
      throw e;
    }
  }

  private void move(String from, String to, Versions versions) throws IOException {
    long seen = Versions.ABSENT;
    boolean moved = false;
    while (!moved) {
      folder.requireOwner(id);
      try {
        long made = versions.move(from, to, seen);
        moved = true;
        requireStillOwned(versions, to, made);
      } catch (
          Versions.ChangedException e) { // by another attempt, or by a run that lost the folder
        seen = versions.version(to);
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
}
