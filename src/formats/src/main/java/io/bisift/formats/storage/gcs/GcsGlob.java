package io.bisift.formats.storage.gcs;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of object names, with the wildcards of {@link java.nio.file.FileSystem#getPathMatcher}.
 *
 * @param prefix that all matching names have
 */
record GcsGlob(String prefix, PathMatcher matcher) {
  private static final String WILDCARDS = "*?[{";

  /** The pattern, if there are wildcards in it and it is one. */
  static Optional<GcsGlob> of(String glob) {
    int first = 0;
    while (first < glob.length() && WILDCARDS.indexOf(glob.charAt(first)) < 0) {
      first++;
    }
    if (first == glob.length()) {
      return Optional.empty();
    }
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return Optional.of(new GcsGlob(glob.substring(0, first), matcher));
    } catch (PatternSyntaxException e) {
      return Optional.empty(); // not a glob after all, and no file either
    }
  }

  boolean matches(String name) {
    try {
      return matcher.matches(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
