package io.bisift.formats.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The file system of this machine. */
public final class LocalStorage implements Storage {
  private static final String WILDCARDS = "*?[{";

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(Path.of(path));
  }

  @Override
  public boolean isFile(String path) {
    return Files.isRegularFile(Path.of(path));
  }

  @Override
  public List<StoredFile> list(String folder) throws IOException {
    try (Stream<Path> children = Files.list(Path.of(folder))) {
      return files(folder, children);
    }
  }

  @Override
  public List<StoredFile> listAll(String folder) throws IOException {
    if (!isFolder(folder)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(Path.of(folder))) {
      return files(folder, below);
    }
  }

  /** Wildcards count in the last part of the path only. */
  @Override
  public List<StoredFile> match(String glob) throws IOException {
    Path path = Path.of(glob);
    if (Files.isRegularFile(path)) {
      return List.of(new StoredFile(glob, Files.size(path)));
    }
    String folder = glob.substring(0, glob.lastIndexOf('/') + 1);
    String name = glob.substring(folder.length());
    if (!Files.isDirectory(Path.of(folder)) || !hasWildcard(name)) {
      return List.of();
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + name);
    } catch (PatternSyntaxException e) {
      return List.of(); // not a glob after all, and no file either
    }
    try (Stream<Path> children = Files.list(Path.of(folder))) {
      return files(folder, children.filter(child -> matcher.matches(child.getFileName())));
    }
  }

  private static boolean hasWildcard(String name) {
    return name.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    return Files.newByteChannel(Path.of(path), StandardOpenOption.READ);
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    Path file = Path.of(path);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.newByteChannel(
        file,
        StandardOpenOption.WRITE,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Override
  public void move(String from, String to) throws IOException {
    Path target = Path.of(to);
    Files.createDirectories(target.toAbsolutePath().getParent());
    try {
      Files.move(Path.of(from), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(Path.of(from), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** By a second name for a file that is whole: the system gives it to one file only. */
  @Override
  public boolean createNew(String path, String temporary, byte[] content) throws IOException {
    Path whole = Path.of(temporary);
    Path target = Path.of(path);
    Files.createDirectories(whole.toAbsolutePath().getParent());
    Files.createDirectories(target.toAbsolutePath().getParent());
    Files.write(whole, content);
    try {
      Files.createLink(target, whole);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) { // a file system without links
      return Storage.super.createNew(path, temporary, content);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    for (String path : paths) {
      Files.deleteIfExists(Path.of(path));
    }
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    if (!isFolder(folder)) {
      return;
    }
    List<Path> below;
    try (Stream<Path> walk = Files.walk(Path.of(folder))) {
      below = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : below) {
      Files.deleteIfExists(path);
    }
  }

  /** The files among some paths, named as the folder was. */
  private static List<StoredFile> files(String folder, Stream<Path> paths) throws IOException {
    Path root = Path.of(folder);
    List<StoredFile> files = new ArrayList<>();
    try {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = root.relativize(path).toString();
        if (Files.isRegularFile(path)) {
          files.add(new StoredFile(Storage.resolve(folder, name), Files.size(path)));
        } else if (Files.notExists(path)) { // a link that leads nowhere: opening it tells
          files.add(new StoredFile(Storage.resolve(folder, name), 0));
        }
      }
    } catch (UncheckedIOException e) { // a folder below that cannot be listed
      throw e.getCause();
    }
    return files;
  }
}
