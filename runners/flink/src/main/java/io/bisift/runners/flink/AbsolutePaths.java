package io.bisift.runners.flink;

import io.bisift.core.UserException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes local paths on a command line absolute: workers have a current folder of their own. Paths
 * with a scheme stay.
 */
public final class AbsolutePaths {
  private static final Set<String> OPTIONS =
      Set.of(
          "annotations",
          "output",
          "imageroot",
          "scores",
          "calibration",
          "candidates",
          "checkpoint");

  private AbsolutePaths() {}

  /** The same arguments for processes that run in another folder. */
  public static List<String> in(List<String> args) {
    List<String> absolute = new ArrayList<>();
    boolean path = false;
    for (String arg : args) {
      if (!arg.startsWith("--")) {
        absolute.add(path ? absolute(arg) : arg);
        continue;
      }
      int equals = arg.indexOf('=');
      path = OPTIONS.contains(name(equals < 0 ? arg : arg.substring(0, equals)));
      absolute.add(
          path && equals >= 0
              ? arg.substring(0, equals + 1) + absolute(arg.substring(equals + 1))
              : arg);
    }
    return absolute;
  }

  /** Without dashes, which an option may be typed with or without. */
  private static String name(String typed) {
    return typed.replace("-", "").toLowerCase(Locale.ROOT);
  }

  private static String absolute(String path) {
    if (path.isEmpty() || path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
      return path;
    }
    try {
      return Path.of(path).toAbsolutePath().toString();
    } catch (InvalidPathException e) {
      throw UserException.usage("not a file name here: " + path);
    }
  }
}
