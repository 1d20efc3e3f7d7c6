package io.bisift.formats.storage;

import java.util.function.Function;

/** Several storages behind one: each path goes where it belongs. */
final class RoutedStorage extends ForwardingStorage {
  private final Function<String, Storage> storages;

  RoutedStorage(Function<String, Storage> storages) {
    this.storages = storages;
  }

  @Override
  protected Storage of(String path) {
    return storages.apply(path);
  }
}
