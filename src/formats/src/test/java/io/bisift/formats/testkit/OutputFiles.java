package io.bisift.formats.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Looks at what a run left in its output folder. */
public final class OutputFiles {
  private OutputFiles() {}

  /** SHA-256 of what {@code cat OUT/FOLDER/*} prints. */
  public static String sha256(Path output, String folder) throws IOException {
    MessageDigest digest = digest();
    for (Path file : list(output.resolve(folder))) {
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The lines of all files of a folder, in name order. */
  public static List<String> lines(Path output, String folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : list(output.resolve(folder))) {
      text.append(Files.readString(file, StandardCharsets.UTF_8));
    }
    // not String.lines(): it splits at \r, too
    return text.isEmpty() ? List.of() : List.of(text.toString().split("\n"));
  }

  /** How many lines a file has. */
  public static long countLines(Path file) throws IOException {
    long lines = 0;
    for (byte b : Files.readAllBytes(file)) {
      if (b == '\n') {
        lines++;
      }
    }
    return lines;
  }

  /** The files directly in a folder, in name order; none if there is no such folder. */
  public static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /**
   * SHA-256 of every file below the output folder, by relative name; but for {@code run.json}, of
   * which each of several sets has its own.
   */
  public static Map<String, String> checksums(Path output) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    for (String name : names(output)) {
      if (!Path.of(name).endsWith("run.json")) {
        checksums.put(name, sha256(Files.readAllBytes(output.resolve(name))));
      }
    }
    return checksums;
  }

  /** SHA-256 of some bytes. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** The names of all files below a folder, sorted. */
  public static List<String> names(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return List.of();
    }
    try (Stream<Path> below = Files.walk(output)) {
      return below
          .filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
