package io.bisift.formats.storage;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Several storages behind one: each path goes where it belongs. */
final class RoutedStorage implements Storage {
  private final Function<String, Storage> storages;

  RoutedStorage(Function<String, Storage> storages) {
    this.storages = storages;
  }

  private Storage of(String path) {
    return storages.apply(path);
  }

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
  public Optional<Set<String>> names(String folder, int most) throws IOException {
    return of(folder).names(folder, most);
  }

  @Override
  public Optional<Versions> versions(String path) {
    return of(path).versions(path);
  }
}
