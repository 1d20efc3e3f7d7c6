package io.bisift.formats.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes small annotation files. */
public final class Rollouts {
  private Rollouts() {}

  /** An annotation line with two steps, the second of which is right in so many of 16 samples. */
  public static String line(String image, int correct) {
    return String.format(
        Locale.ROOT,
        "{\"image\": \"%s\", \"question\": \"q\", \"steps_with_score\": [{\"step\": \"a\", \"score\":"
            + " 0.0, \"num_mc_correct\": 0, \"num_mc_total\": 16}, {\"step\": \"b\", \"score\": %s,"
            + " \"num_mc_correct\": %d, \"num_mc_total\": 16}]}\n",
        image,
        correct / 16.0,
        correct);
  }

  /** A file of so many rollouts, whose pictures are numbered from 0. */
  public static void write(Path file, int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(line(i + ".png", 1 + i % 16));
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
  }
}
