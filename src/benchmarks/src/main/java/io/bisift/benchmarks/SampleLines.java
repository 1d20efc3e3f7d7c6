package io.bisift.benchmarks;

import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.synth.Synth;
import io.bisift.formats.synth.SynthParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The input of benchmarks: lines of one made-up annotation file, the same ones every time. */
public final class SampleLines {
  private static final long SEED = 1;

  private final byte[] bytes;
  private final List<byte[]> lines;

  private SampleLines(byte[] bytes) {
    this.bytes = bytes;
    this.lines = split(bytes);
  }

  /**
   * @param scale size in published sizes; 0.01 makes 5,650 rollouts, 15 MB
   * @param arbitraryScores whether scores are doubles of which hardly two are alike, not K/16
   */
  public static SampleLines make(double scale, boolean arbitraryScores) {
    try {
      Path folder = Files.createTempDirectory("bisift-benchmark");
      try {
        write(folder, scale, arbitraryScores, /* files= */ 1);
        try (Stream<Path> files = Files.list(folder)) {
          Path file = files.filter(path -> path.toString().endsWith(".jsonl")).findFirst().get();
          return new SampleLines(Files.readAllBytes(file));
        }
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a corpus into a folder.
   *
   * @param files how many files share its rollouts
   */
  public static void write(Path folder, double scale, boolean arbitraryScores, int files)
      throws IOException {
    SynthParameters parameters =
        new SynthParameters(
            scale,
            SEED,
            /* bad= */ 0,
            arbitraryScores,
            /* singleSource= */ true,
            files,
            Compression.NONE);
    new Synth(parameters, folder)
        .write("benchmark", Runtime.getRuntime().availableProcessors(), /* force= */ true);
  }

  /** Removes a folder and all below it. */
  public static void delete(Path folder) throws IOException {
    new LocalStorage().deleteFolder(folder.toString());
  }

  /** The whole file. */
  public byte[] bytes() {
    return bytes;
  }

  /** Its lines, without their terminators. */
  public List<byte[]> lines() {
    return lines;
  }

  /** The size of the file, in millions of bytes. */
  public double megabytes() {
    return bytes.length / 1e6;
  }

  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        lines.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return lines;
  }
}
