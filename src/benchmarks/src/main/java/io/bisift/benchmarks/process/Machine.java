package io.bisift.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on, without its name. */
final class Machine {
  private Machine() {}

  static String describe() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores (%s), %.0f GB of memory, %s %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) * 1024 / 1e9,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version());
  }

  private static String field(String file, String name) throws IOException {
    for (String line : Files.readAllLines(Path.of(file))) {
      if (line.startsWith(name)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "0 (not told)";
  }
}
