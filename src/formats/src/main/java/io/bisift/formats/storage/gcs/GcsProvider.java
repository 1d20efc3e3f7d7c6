package io.bisift.formats.storage.gcs;

import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StorageProvider;

/** Makes {@code gs://} known. */
public final class GcsProvider implements StorageProvider {
  @Override
  public String scheme() {
    return GcsPath.SCHEME;
  }

  @Override
  public Storage open() {
    return new GcsStorage(GcsClient.fromEnvironment());
  }
}
