package io.bisift.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.benchmarks.Program.Failure;
import io.bisift.benchmarks.SampleLines;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** What runs wrote, and whether it is the same. */
final class Outputs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Outputs() {}

  /** Removes a file, or a folder and all in it, if it is there. */
  static void clear(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      SampleLines.delete(path);
    }
    Files.deleteIfExists(path);
  }

  /** The JSON-lines files of an output, in name order: itself, or those in a folder and below. */
  static List<Path> files(Path output) throws IOException {
    try (Stream<Path> below = Files.walk(output)) {
      List<Path> files =
          below
              .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(".jsonl"))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new Failure("no *.jsonl file in " + output);
      }
      return files;
    }
  }

  /**
   * Makes sure that two outputs, each joined in name order, are the same byte by byte.
   *
   * @throws Failure if not
   */
  static void requireSameBytes(Path expected, Path found) throws IOException {
    try (InputStream one = join(expected);
        InputStream other = join(found)) {
      for (long offset = 0; ; offset++) {
        int a = one.read();
        if (a != other.read()) {
          throw new Failure(found + " differs from " + expected + " at byte " + offset);
        }
        if (a < 0) {
          return;
        }
      }
    }
  }

  /**
   * Makes sure that two outputs hold the same records in the same order, whatever their spelling.
   *
   * @return how many
   * @throws Failure if not
   */
  static long requireSameRecords(Path expected, Path found) throws IOException {
    try (BufferedReader one = lines(expected);
        BufferedReader other = lines(found)) {
      for (long record = 0; ; record++) {
        String a = one.readLine();
        String b = other.readLine();
        if (a == null && b == null) {
          return record;
        }
        if (a == null || b == null || !JSON.readTree(a).equals(JSON.readTree(b))) {
          throw new Failure(
              String.format(
                  "record %d is not the same%n%s: %s%n%s: %s", record + 1, expected, a, found, b));
        }
      }
    }
  }

  private static BufferedReader lines(Path output) throws IOException {
    return new BufferedReader(new InputStreamReader(join(output), StandardCharsets.UTF_8));
  }

  private static InputStream join(Path output) throws IOException {
    return files(output).stream()
        .map(Outputs::open)
        .reduce(
            InputStream.nullInputStream(),
            (one, other) -> new SequenceInputStream(Collections.enumeration(List.of(one, other))));
  }

  private static InputStream open(Path file) {
    try {
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
