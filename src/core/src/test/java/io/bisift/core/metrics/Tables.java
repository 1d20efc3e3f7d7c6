package io.bisift.core.metrics;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Score tables for tests. */
final class Tables {
  private Tables() {}

  static ScoreTable of(List<ScoredItem> items) {
    return bundled(items, 1);
  }

  /** The items shuffled into bundles, which travel as bytes and are added up in any order. */
  static ScoreTable bundled(List<ScoredItem> items, int bundles) {
    return bundled(items, bundles, ScoreTable.MOST_EXACT_STEPS);
  }

  static ScoreTable bundled(List<ScoredItem> items, int bundles, int mostExact) {
    Random random = new Random(bundles);
    List<Integer> order = new ArrayList<>();
    List<ScoreTable> tables = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      order.add(i);
    }
    for (int i = 0; i < bundles; i++) {
      tables.add(new ScoreTable(mostExact));
    }
    if (bundles > 1) {
      Collections.shuffle(order, random);
    }
    for (int i : order) {
      tables.get(random.nextInt(bundles)).add(1000L * i, items.get(i));
    }
    ScoreTable all = new ScoreTable(mostExact);
    tables.forEach(table -> all.addAll(copy(table)));
    return copy(all);
  }

  private static ScoreTable copy(ScoreTable table) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ScoreTable.write(table, new DataOutputStream(bytes));
      return ScoreTable.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Random items, with neutral steps, ties, items without steps and sources of one kind. */
  static List<ScoredItem> random(Random random, int items, int sources, int digits) {
    double unit = Math.pow(10, digits);
    List<ScoredItem> all = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      int source = random.nextInt(sources);
      int steps = random.nextInt(7);
      byte[] labels = new byte[steps];
      double[] scores = new double[steps];
      for (int step = 0; step < steps; step++) {
        int kind = random.nextInt(10);
        labels[step] = (byte) (kind == 0 ? 0 : kind < 7 || source == 2 ? 1 : -1);
        double noise = random.nextDouble();
        double score = labels[step] > 0 ? Math.sqrt(noise) : noise * noise;
        scores[step] = Math.rint(score * unit) / unit;
      }
      all.add(new ScoredItem("source " + source, labels, scores));
    }
    return all;
  }
}
