package io.bisift.benchmarks.network;

import io.bisift.benchmarks.Program.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Memory of this process, in MB, as Linux counts it. */
final class OwnMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private OwnMemory() {}

  /** What is resident now. */
  static long resident() {
    return megabytes("VmRSS:");
  }

  /** The most that was ever resident. */
  static long peak() {
    return megabytes("VmHWM:");
  }

  private static long megabytes(String field) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
              .filter(line -> line.startsWith(field))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElseThrow(() -> new Failure("no " + field + " in " + STATUS))
          / 1024;
    } catch (IOException e) {
      throw new Failure("memory is measured on Linux only: " + e.getMessage());
    }
  }
}
