package io.bisift.formats.storage;

/**
 * A file that a listing found.
 *
 * @param path that opens it
 * @param size in bytes
 */
public record StoredFile(String path, long size) {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
