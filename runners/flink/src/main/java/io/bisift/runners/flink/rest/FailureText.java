package io.bisift.runners.flink.rest;

import io.bisift.core.UserException;
import java.util.List;

/** Finds in a stack trace, which is all that Flink's REST interface has, why something failed. */
final class FailureText {
  private static final String CAUSE = "Caused by: ";
  private static final String KNOWN = UserException.class.getName() + ": ";

  private FailureText() {}

  /** One line. What Bisift itself says goes before what anything around it says. */
  static String rootCause(String stackTrace) {
    List<String> lines = stackTrace.lines().map(String::strip).toList();
    String root =
        lines.stream().filter(line -> !line.isEmpty()).findFirst().orElse("no reason given");
    for (String line : lines) {
      if (!line.startsWith("at ")) {
        int known = line.indexOf(KNOWN);
        if (known >= 0) {
          return line.substring(known + KNOWN.length());
        }
        if (line.startsWith(CAUSE)) {
          root = line.substring(CAUSE.length());
        }
      }
    }
    return root;
  }
}
