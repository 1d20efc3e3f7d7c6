package io.bisift.model.command;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.source.LineReader;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files that {@code --records} names, and their lines. */
final class RecordFiles {
  private static final String JSONL = ".jsonl";

  private final Storage storage;
  private final List<StoredFile> files = new ArrayList<>();

  /** What is done with a line. */
  interface LineWork {
    /**
     * @param id {@code FILE:LINE}, the file without its compression suffix
     * @param buffer with the line in {@code [from, to)}, its end left out
     */
    void accept(String id, byte[] buffer, int from, int to) throws IOException;
  }

  /**
   * @param paths files, or folders of {@code *.jsonl} files, which may be compressed
   * @throws UserException if one names nothing
   */
  RecordFiles(Storage storage, List<String> paths) throws IOException {
    this.storage = storage;
    for (String path : paths) {
      files.addAll(find(path));
    }
  }

  private List<StoredFile> find(String path) throws IOException {
    if (!storage.isFolder(path)) {
      List<StoredFile> matches = storage.match(path);
      if (matches.isEmpty()) {
        throw UserException.usage("--records " + path + ": there is no such file or folder");
      }
      return matches;
    }
    List<StoredFile> found =
        storage.list(path).stream()
            .filter(file -> !file.name().startsWith(".") && plainName(file).endsWith(JSONL))
            .sorted(Comparator.comparing(StoredFile::name))
            .toList();
    if (found.isEmpty()) {
      throw UserException.usage("--records " + path + ": the folder has no *.jsonl file");
    }
    return found;
  }

  private static String plainName(StoredFile file) {
    String suffix = Compression.ofName(file.name()).suffix();
    return file.name().substring(0, file.name().length() - suffix.length());
  }

  /** Goes through all lines, in order. */
  void forEach(LineWork work) throws IOException {
    for (StoredFile file : files) {
      try (LineReader lines =
          LineReader.of(Channels.newInputStream(storage.open(file.path())), file.name())) {
        for (int number = 1; lines.next(); number++) {
          work.accept(
              plainName(file) + ":" + number, lines.buffer(), lines.lineStart(), lines.lineEnd());
        }
      } catch (NoSuchFileException | FileNotFoundException e) {
        throw UserException.failure("there is no file " + file.path(), e);
      } catch (IOException e) {
        throw UserException.failure(file.path() + " cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
