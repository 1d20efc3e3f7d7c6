package io.bisift.formats.testkit;

import io.bisift.formats.storage.ForwardingStorage;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;

/** Local storage that a test bends by overriding a method. */
public abstract class StorageWrapper extends ForwardingStorage {
  private final Storage storage = new LocalStorage();

  @Override
  protected Storage of(String path) {
    return storage;
  }
}
