package io.bisift.formats.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.select.RankHistogram;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source with more different scores than a histogram holds, also within one range. */
final class ManyScoresTest {
  private static final int ROLLOUTS = RankHistogram.DEFAULT_MAX_BUCKETS + 5000;

  @TempDir Path temp;

  @Test
  void isCutAsSortingWouldCutIt() throws IOException {
    Random random = new Random(1);
    List<Integer> best = new ArrayList<>();
    double[] scores = new double[ROLLOUTS];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROLLOUTS; i++) {
      scores[i] = 0.5 + random.nextDouble() * 1e-9; // the leading bits are all the same
      best.add(i);
      text.append("{\"image\": \"").append(i).append("\", \"question\": \"q\", ");
      text.append("\"steps_with_score\": [{\"step\": \"s\", \"score\": ").append(scores[i]);
      text.append("}]}\n");
    }
    best.sort(Comparator.comparingDouble(i -> -(0.05 * scores[i]))); // stable: earlier lines first
    int kept = (int) (ROLLOUTS * 0.3);
    List<Integer> expected = best.subList(0, kept).stream().sorted().toList();
    Path input = temp.resolve("a.jsonl");
    Files.writeString(input, text);
    for (long chunkSize : new long[] {1 << 20, 1 << 30}) {
      Path output = temp.resolve("out-" + chunkSize);
      TestRun.run(
          new LocalStorage(),
          Parameters.select(input, output, new Golden.Selection(0.3, 0.05))
              .withChunkSize(chunkSize));
      List<Integer> images =
          OutputFiles.lines(output, "data").stream()
              .map(line -> Integer.valueOf(line.substring(11, line.indexOf('"', 11))))
              .toList();
      assertEquals(kept, images.size());
      assertTrue(expected.equals(images), "chunks of " + chunkSize);
    }
  }
}
