package io.bisift.benchmarks.process;

import io.bisift.core.text.JsonBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A file of ready scores as a benchmark's shape has it: five sources, some nine steps an item, a
 * third of them wrong, a few neutral, scores of sixteen digits. The same bytes for the same seed.
 */
final class ScoreFile {
  private static final String[] SOURCES = {"MMMU", "MathVision", "MathVerse", "DynaMath", "WeMath"};
  private static final int MOST_STEPS = 17;
  private static final int BUFFER = 1 << 16;

  private ScoreFile() {}

  /** Writes scores, as JSON lines or, called {@code *.json}, as an array. */
  static void write(Path file, long steps, long seed) throws IOException {
    boolean array = file.toString().endsWith(".json");
    SplittableRandom random = new SplittableRandom(seed);
    JsonBytes item = new JsonBytes();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER)) {
      long left = steps;
      for (long number = 0; left > 0; number++) {
        int count = (int) Math.min(left, 1 + random.nextInt(MOST_STEPS));
        item.clear().raw(array ? (number == 0 ? "[" : ", ") : "");
        append(item, SOURCES[(int) (number % SOURCES.length)], count, random);
        item.raw(array ? "" : "\n").writeTo(out);
        left -= count;
      }
      out.write(array ? "]\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
    }
  }

  private static void append(JsonBytes item, String source, int count, SplittableRandom random) {
    item.raw("{\"data_source\": \"").raw(source).raw("\", \"labels_per_step\": [");
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      int draw = random.nextInt(20);
      int label = draw == 0 ? 0 : draw < 14 ? 1 : -1;
      item.raw(i == 0 ? "" : ", ").raw(Integer.toString(label));
      // the mean of three numbers has a hump; right steps have theirs further up
      double hump = (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
      scores[i] = (hump + (label > 0 ? random.nextDouble() : 0)) / (label > 0 ? 2 : 1);
    }
    item.raw("], \"prm_scores\": [[");
    for (int i = 0; i < count; i++) {
      item.raw(i == 0 ? "" : ", ").number(scores[i]);
    }
    item.raw("]]}");
  }
}
