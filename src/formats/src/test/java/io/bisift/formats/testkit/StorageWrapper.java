package io.bisift.formats.testkit;

import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Local storage that a test bends by overriding a method. */
public abstract class StorageWrapper implements Storage {
  private final Storage storage = new LocalStorage();

  @Override
  public boolean isFolder(String path) throws IOException {
    return storage.isFolder(path);
  }

  @Override
  public boolean isFile(String path) throws IOException {
    return storage.isFile(path);
  }

  @Override
  public List<StoredFile> list(String folder) throws IOException {
    return storage.list(folder);
  }

  @Override
  public List<StoredFile> listAll(String folder) throws IOException {
    return storage.listAll(folder);
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
  public void move(String from, String to) throws IOException {
    storage.move(from, to);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    storage.delete(paths);
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    storage.deleteFolder(folder);
  }
}
