package io.bisift.pipelines.select;

import io.bisift.core.UserException;
import io.bisift.core.text.PythonFloat;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code --subset bis:alpha=0.2,ratio=0.1}. */
final class SubsetReader {
  private static final String FORM = "such as bis:alpha=0.2,ratio=0.1";

  private SubsetReader() {}

  /**
   * The runs that some subsets mean.
   *
   * @param whole what they have in common; its output is the folder above theirs
   * @throws UserException if one of them cannot be read, or two are one
   */
  static RunGroup read(RunParameters whole, List<String> subsets) {
    List<RunParameters> runs = new ArrayList<>();
    Set<String> outputs = new HashSet<>();
    for (String subset : subsets) {
      RunParameters run = read(whole, subset);
      if (!outputs.add(run.output())) {
        throw UserException.usage("--subset " + subset + " is there twice");
      }
      runs.add(run);
    }
    return new RunGroup(runs);
  }

  private static RunParameters read(RunParameters whole, String subset) {
    String[] strategy = subset.split(":", 2);
    if (!strategy[0].equals("bis")) {
      throw bad(subset, "unknown score '" + strategy[0] + "', there is bis");
    }
    double alpha = whole.alpha();
    double ratio = whole.topFraction().ratio();
    Set<String> seen = new HashSet<>();
    for (String setting : strategy.length < 2 ? new String[0] : strategy[1].split(",", -1)) {
      String[] pair = setting.split("=", 2);
      if (pair.length < 2 || !seen.add(pair[0])) {
        throw bad(subset, pair.length < 2 ? "'" + setting + "' has no =" : pair[0] + " twice");
      }
      switch (pair[0]) {
        case "alpha" -> alpha = number(subset, pair[1]);
        case "ratio" -> ratio = number(subset, pair[1]);
        default ->
            throw bad(subset, "unknown setting '" + pair[0] + "', there are alpha and ratio");
      }
    }
    String name = "bis-alpha-" + PythonFloat.print(alpha) + "-ratio-" + PythonFloat.print(ratio);
    try {
      return whole.subset(alpha, ratio, Storage.resolve(whole.output(), name));
    } catch (UserException e) {
      throw bad(subset, e.getMessage());
    }
  }

  private static double number(String subset, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw bad(subset, "'" + text + "' is no number");
    }
  }

  private static UserException bad(String subset, String why) {
    return UserException.usage("--subset must be " + FORM + ", was '" + subset + "': " + why);
  }
}
