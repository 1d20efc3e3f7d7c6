package io.bisift.formats.storage.gcs;

import io.bisift.core.UserException;

/**
 * {@code gs://BUCKET/NAME}.
 *
 * @param name of the object, or the beginning of names; empty for the whole bucket
 */
record GcsPath(String bucket, String name) {
  static final String SCHEME = "gs";
  private static final String START = SCHEME + "://";

  /**
   * Reads a path.
   *
   * @throws UserException if no bucket is named
   */
  static GcsPath of(String path) {
    if (!path.startsWith(START)) {
      throw new IllegalArgumentException(path);
    }
    String rest = path.substring(START.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.isEmpty()) {
      throw UserException.usage(path + " names no bucket; it should be like gs://bucket/folder");
    }
    return new GcsPath(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  /** What the names of all objects in this folder begin with. */
  String prefix() {
    return name.isEmpty() || name.endsWith("/") ? name : name + "/";
  }

  /** The path of an object in the same bucket. */
  String sibling(String other) {
    return START + bucket + "/" + other;
  }

  @Override
  public String toString() {
    return sibling(name);
  }
}
