package io.bisift.runners.flink.cluster;

import io.bisift.core.UserException;
import java.nio.file.Path;
import java.util.List;

/** Reads what {@code start} takes: {@code --workers 2} or {@code --workers=2}. */
final class StartOptions {
  private StartOptions() {}

  static ClusterSettings parse(List<String> args) {
    ClusterSettings settings = ClusterSettings.DEFAULT;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.indexOf('=');
      String option = equals < 0 ? arg : arg.substring(0, equals);
      String value;
      if (equals >= 0) {
        value = arg.substring(equals + 1);
      } else {
        i++;
        value = i < args.size() ? args.get(i) : "";
      }
      settings = with(settings, option, value);
    }
    return settings;
  }

  private static ClusterSettings with(ClusterSettings old, String option, String value) {
    return switch (option) {
      case "--workers" ->
          new ClusterSettings(
              number(option, value), old.slots(), old.port(), old.workerMegabytes(), old.lib());
      case "--slots" ->
          new ClusterSettings(
              old.workers(), number(option, value), old.port(), old.workerMegabytes(), old.lib());
      case "--port" ->
          new ClusterSettings(
              old.workers(), old.slots(), number(option, value), old.workerMegabytes(), old.lib());
      case "--worker-memory" ->
          new ClusterSettings(
              old.workers(), old.slots(), old.port(), number(option, value), old.lib());
      case "--lib" ->
          new ClusterSettings(
              old.workers(),
              old.slots(),
              old.port(),
              old.workerMegabytes(),
              Path.of(value).toAbsolutePath().toString());
      default ->
          throw UserException.usage(
              "start does not know " + option + "; runners/flink/cluster --help lists its options");
    };
  }

  private static int number(String option, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw UserException.usage(option + " needs a number, was '" + value + "'");
    }
  }
}
