package io.bisift.beam.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.score.RolloutScore;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More different scores than a histogram holds: further rounds must find the very same cut. */
final class ArbitraryScoresTest {
  private static final int ROLLOUTS = 90_000;
  private static final double RATIO = 0.3;

  @TempDir Path folder;

  @Test
  void selectsWhatSortingSelects() throws Exception {
    List<String> lines = lines();
    StringBuilder expected = new StringBuilder();
    // one source that can be split, and one that is a single range with too many scores by itself
    for (String name : List.of("a.jsonl", "b.jsonl.gz")) {
      Path file = folder.resolve("in").resolve(name);
      Files.createDirectories(file.getParent());
      byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      try (OutputStream out = Files.newOutputStream(file);
          OutputStream stored = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
        stored.write(text);
      }
      for (int line : best(lines)) {
        expected.append(name.replace(".gz", "")).append(':').append(line + 1).append('\n');
      }
    }
    Path output = folder.resolve("out");
    DatasetRuns.run(
        DatasetRuns.select(
            folder.resolve("in").toString(), output.toString(), RATIO, 0.05, 2, 1 << 20),
        2);

    StringBuilder ids = new StringBuilder();
    for (int shard = 0; shard < 2; shard++) {
      for (String line :
          Files.readAllLines(output.resolve("index/part-0000" + shard + "-of-00002.jsonl"))) {
        ids.append(line, 8, line.indexOf('"', 8)).append('\n');
      }
    }
    assertEquals(expected.toString(), ids.toString());
  }

  private static List<String> lines() {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROLLOUTS; i++) {
      lines.add(
          "{\"image\":\"a\",\"question\":\"q\",\"steps_with_score\":[{\"step\":\"s\",\"score\":"
              + random.nextDouble()
              + "},{\"step\":\"t\",\"score\":0}]}");
    }
    return lines;
  }

  /** Indexes of the best lines, in order. */
  private static List<Integer> best(List<String> lines) throws Exception {
    List<Integer> order = new ArrayList<>();
    double[] scores = new double[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      order.add(i);
      scores[i] = RolloutScore.of(RolloutParser.parse(lines.get(i))).balancedInformation(0.05);
    }
    order.sort(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i));
    return order.subList(0, (int) (lines.size() * RATIO)).stream().sorted().toList();
  }
}
