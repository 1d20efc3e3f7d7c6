package io.bisift.formats.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The golden corpora, and what the reference implementation makes of them. */
public final class Golden {
  /** A keep ratio ρ and an α of which the reference's selection is known. */
  public record Selection(double ratio, double alpha) {
    /** What the reference's selection of a corpus is called. */
    public String expected(String corpus) {
      return corpus + "_bis_ratio" + ratio + "_alpha" + alpha + ".jsonl";
    }
  }

  /** All of them, for {@code clean} and for {@code edges}. */
  public static final List<Selection> SELECTIONS =
      List.of(
          new Selection(0.05, 0.02),
          new Selection(0.1, 0.2),
          new Selection(0.25, 0.05),
          new Selection(0.333, 0.05),
          new Selection(0.5, 0.05),
          new Selection(1.0, 0.08));

  private Golden() {}

  /**
   * Puts a corpus into a new folder, as plain files: {@code clean}, {@code edges}, {@code poison}.
   */
  public static Path unpack(String corpus, Path parent) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(corpus));
    try (ZipInputStream zip = new ZipInputStream(open(corpus + ".zip"), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
      }
    }
    return folder;
  }

  /** Puts the zip file of a corpus into a folder. */
  public static Path archive(String corpus, Path parent) throws IOException {
    Path file = parent.resolve(corpus + ".zip");
    try (InputStream in = open(corpus + ".zip")) {
      Files.copy(in, file);
    }
    return file;
  }

  /** SHA-256 of a file that the reference wrote. */
  public static String sha256(String expected) throws IOException {
    try (InputStream in = open("sha256.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.endsWith("  " + expected))
          .map(line -> line.substring(0, line.indexOf(' ')))
          .findFirst()
          .orElseThrow();
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(
        Golden.class.getResourceAsStream("/golden/" + resource), resource);
  }
}
