package io.bisift.formats.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The few things Bisift does with files, wherever they are. Paths are strings with {@code /}
 * between their parts; a folder's path may end with one. Thread-safe.
 */
public interface Storage {
  /** Whether a folder is there (for an object store: whether anything lies below it). */
  boolean isFolder(String path) throws IOException;

  /** Whether a file is there. */
  boolean isFile(String path) throws IOException;

  /** The files directly in a folder, in no order. */
  List<StoredFile> list(String folder) throws IOException;

  /** The files in a folder and below, in no order; none if there is no such folder. */
  List<StoredFile> listAll(String folder) throws IOException;

  /** The files that a glob names; a path without wildcards names itself if it is there. */
  List<StoredFile> match(String glob) throws IOException;

  /**
   * Opens a file; a {@link java.nio.channels.SeekableByteChannel} where seeking is cheap.
   *
   * @throws java.nio.file.NoSuchFileException or FileNotFoundException if it is not there
   */
  ReadableByteChannel open(String path) throws IOException;

  /**
   * Creates a file, with the folders above it, or replaces it. It may show up before it is closed.
   */
  WritableByteChannel create(String path) throws IOException;

  /** Gives a file another name, replacing what had it: at once where the system can. */
  void move(String from, String to) throws IOException;

  /** Removes files; those that are not there do not matter. */
  void delete(List<String> paths) throws IOException;

  /** Removes a folder and all below it, if it is there. */
  void deleteFolder(String folder) throws IOException;

  /** Conditional writes in the place that a path names; nothing where that cannot do them. */
  default Optional<Versions> versions(String path) {
    return Optional.empty();
  }

  /**
   * Writes a small file, whole or not at all, if there is none of that name. Of two that do so at
   * once one succeeds, on this machine and where there are {@link #versions}.
   *
   * @param temporary a path beside it, for what is not whole yet
   * @return false if there is a file of that name
   */
  default boolean createNew(String path, String temporary, byte[] content) throws IOException {
    Optional<Versions> versions = versions(path);
    if (versions.isPresent()) {
      try {
        versions.get().write(path, content, Versions.ABSENT);
        return true;
      } catch (Versions.ChangedException e) {
        return false;
      }
    }
    if (isFile(path)) {
      return false;
    }
    try (WritableByteChannel out = create(temporary)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    }
    move(temporary, path);
    return true;
  }

  /**
   * The names of the files directly in a folder, where one listing is cheaper than asking for many
   * files one by one; nothing elsewhere, or where there are more of them.
   *
   * @param most how many names may be given
   */
  default Optional<Set<String>> names(String folder, int most) throws IOException {
    return Optional.empty();
  }

  /** A path below a folder. */
  static String resolve(String folder, String name) {
    return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
  }
}
