package io.bisift.runners.flink.cluster;

import java.util.List;

/** Finds in a pipeline's arguments where its output goes. */
final class OutputOption {
  private static final String OPTION = "--output";

  private OutputOption() {}

  static String of(List<String> args) {
    String output = "the output folder";
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith(OPTION + "=")) {
        output = args.get(i).substring(OPTION.length() + 1);
      } else if (args.get(i).equals(OPTION) && i + 1 < args.size()) {
        output = args.get(i + 1);
      }
    }
    return output;
  }
}
