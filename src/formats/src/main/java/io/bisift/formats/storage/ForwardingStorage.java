package io.bisift.formats.storage;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Storage that hands everything on, each path to the storage that has it. */
public abstract class ForwardingStorage implements Storage {
  /** The storage that has a path. */
  protected abstract Storage of(String path);

  @Override
  public boolean isFolder(String path) throws IOException {
    return of(path).isFolder(path);
  }

  @Override
  public boolean isFile(String path) throws IOException {
    return of(path).isFile(path);
  }

  @Override
  public List<StoredFile> list(String folder) throws IOException {
    return of(folder).list(folder);
  }

  @Override
  public List<StoredFile> listAll(String folder) throws IOException {
    return of(folder).listAll(folder);
  }

  @Override
  public List<StoredFile> match(String glob) throws IOException {
    return of(glob).match(glob);
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    return of(path).open(path);
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    return of(path).create(path);
  }

  @Override
  public void move(String from, String to) throws IOException {
    of(from).move(from, to);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    Map<Storage, List<String>> groups =
        paths.stream()
            .collect(Collectors.groupingBy(this::of, LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<Storage, List<String>> group : groups.entrySet()) {
      group.getKey().delete(group.getValue());
    }
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    of(folder).deleteFolder(folder);
  }

  @Override
  public boolean createNew(String path, String temporary, byte[] content) throws IOException {
    return of(path).createNew(path, temporary, content);
  }

  @Override
  public Optional<Set<String>> names(String folder, int most) throws IOException {
    return of(folder).names(folder, most);
  }

  @Override
  public Optional<Versions> versions(String path) {
    return of(path).versions(path);
  }
}
