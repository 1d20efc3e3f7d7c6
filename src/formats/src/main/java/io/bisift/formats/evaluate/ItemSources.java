package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds files of items: JSON lines as the sources of a set are found, or JSON arrays. */
public final class ItemSources {
  private static final String JSON = ".json";

  private final Storage storage;
  private final String option;

  /**
   * @param option that names the files, without its dashes
   */
  public ItemSources(Storage storage, String option) {
    this.storage = storage;
    this.option = option;
  }

  /**
   * The files, by name.
   *
   * @param specs files, globs, folders, or the output folders of evaluations, whose scores are
   *     meant; a file called {@code *.json} is an array
   * @throws UserException if one of them names nothing
   */
  public List<SourceFile> find(List<String> specs) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    List<String> sets = new ArrayList<>();
    for (String spec : specs) {
      if (isArray(spec)) {
        files.addAll(arrays(spec));
      } else {
        sets.add(set(spec));
      }
    }
    if (!sets.isEmpty()) {
      files.addAll(new SourceFinder(storage, option).find(sets));
    }
    files.sort(Comparator.comparing(SourceFile::name));
    Set<String> names = new HashSet<>();
    for (SourceFile file : files) {
      if (!names.add(file.name())) {
        throw UserException.usage("two files are called " + file.name() + "; rename one");
      }
    }
    return files;
  }

  private String set(String spec) throws IOException {
    if (!storage.isFolder(spec)) {
      return spec;
    }
    String scores = Storage.resolve(spec, ResultFolder.SCORES);
    return storage.isFolder(scores) ? scores : spec;
  }

  private List<SourceFile> arrays(String spec) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (StoredFile file : storage.match(spec)) {
      String name = file.name();
      Compression compression = Compression.ofName(name);
      files.add(
          new SourceFile(
              name.substring(0, name.length() - compression.suffix().length()),
              name,
              file.path(),
              0,
              file.size(),
              compression,
              -1));
    }
    if (files.isEmpty()) {
      throw SourceFinder.nothingAt(spec, option);
    }
    return files;
  }

  /** Whether a file, by its name or path, holds one JSON array. */
  static boolean isArray(String name) {
    String suffix = Compression.ofName(name).suffix();
    return name.substring(0, name.length() - suffix.length()).endsWith(JSON);
  }
}
