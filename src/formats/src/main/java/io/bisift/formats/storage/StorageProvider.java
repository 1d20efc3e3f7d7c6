package io.bisift.formats.storage;

/**
 * Makes a kind of storage known, by a {@code META-INF/services} file. Must be cheap to load: what
 * the storage needs is to be loaded when it is opened.
 */
public interface StorageProvider {
  /** What its paths begin with before {@code ://}. */
  String scheme();

  /** The storage, set up by the process's environment. */
  Storage open();
}
