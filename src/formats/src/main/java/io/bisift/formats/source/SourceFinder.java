package io.bisift.formats.source;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the sources that an option such as {@code --annotations} names: the files called {@code
 * *.jsonl}, plain or compressed, directly in a folder or zip file, or matched by a glob. Hidden
 * files are skipped.
 */
public final class SourceFinder {
  private static final String JSONL = ".jsonl";

  /** The order of sources: by the UTF-8 bytes of their names. */
  private static final Comparator<SourceFile> BY_NAME =
      (a, b) ->
          Arrays.compareUnsigned(
              a.name().getBytes(StandardCharsets.UTF_8), b.name().getBytes(StandardCharsets.UTF_8));

  private final Storage storage;
  private final String option;

  /** Of sources that {@code --annotations} names. */
  public SourceFinder(Storage storage) {
    this(storage, "annotations");
  }

  /**
   * @param option that names the sources, without its dashes: what they are called in messages
   */
  public SourceFinder(Storage storage, String option) {
    this.storage = storage;
    this.option = option;
  }

  /**
   * The sources, in order.
   *
   * @param specs folders, globs, files or zip files
   * @throws UserException if one of them names no source, or two sources have one name
   */
  public List<SourceFile> find(List<String> specs) throws IOException {
    List<SourceFile> sources = new ArrayList<>();
    for (String spec : specs) {
      sources.addAll(find(spec));
    }
    sources.sort(BY_NAME);
    for (int i = 1; i < sources.size(); i++) {
      SourceFile one = sources.get(i - 1);
      SourceFile other = sources.get(i);
      if (one.name().equals(other.name())) {
        throw UserException.usage(
            "two sources are called "
                + one.name()
                + ": "
                + place(one)
                + " and "
                + place(other)
                + "; rename one, or name only one with --"
                + option);
      }
    }
    return sources;
  }

  private List<SourceFile> find(String spec) throws IOException {
    boolean folder = storage.isFolder(spec);
    List<StoredFile> files = folder ? storage.list(spec) : storage.match(spec);
    if (files.isEmpty() && !folder) {
      throw nothingAt(spec, option);
    }
    List<SourceFile> sources = new ArrayList<>();
    for (StoredFile file : files) {
      if (!folder && file.name().endsWith(".zip") && !file.name().startsWith(".")) {
        sources.addAll(new ZipDirectory(storage, file.path()).sources());
      } else if (isSource(file.name())) {
        sources.add(plain(file));
      }
    }
    if (sources.isEmpty()) {
      throw UserException.usage(nothingIn(spec, folder, files));
    }
    return sources;
  }

  /** What is said of a path that names nothing. */
  public static UserException nothingAt(String spec, String option) {
    return UserException.usage(
        "no " + option + " at " + spec + ": there is no such file or folder, and no file matches");
  }

  /** Whether a file name is that of a source, compression suffix included. */
  static boolean isSource(String name) {
    return !name.startsWith(".") && sourceName(name).endsWith(JSONL);
  }

  private static String sourceName(String fileName) {
    String suffix = Compression.ofName(fileName).suffix();
    return fileName.substring(0, fileName.length() - suffix.length());
  }

  private static SourceFile plain(StoredFile file) {
    String name = file.name();
    return new SourceFile(
        sourceName(name), name, file.path(), 0, file.size(), Compression.ofName(name), -1);
  }

  private static String place(SourceFile source) {
    int entry = source.input().indexOf("!/");
    return entry < 0 ? source.path() : source.path() + source.input().substring(entry);
  }

  private String nothingIn(String spec, boolean folder, List<StoredFile> files) throws IOException {
    if (!folder) {
      return "no "
          + option
          + " at "
          + spec
          + ": sources are called *.jsonl, *.jsonl.gz or *.jsonl.zst";
    }
    String hint = "";
    for (StoredFile file : files) {
      if (file.name().endsWith(".zip") && !file.name().startsWith(".")) {
        hint = "; for its zip file, name it: --" + option + " " + file.path();
      }
    }
    String below = Storage.resolve(spec, "annotations");
    if (hint.isEmpty() && storage.isFolder(below)) {
      hint = "; did you mean --" + option + " " + below + "?";
    }
    return "no "
        + option
        + " in "
        + spec
        + ": it has no *.jsonl, *.jsonl.gz or *.jsonl.zst file"
        + hint;
  }
}
