package io.bisift.formats.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineRankerTest {
  private static final double ALPHA = 0.2;

  /** For the skimmer; what the same rollout looks like where only a full parse can tell. */
  private static final String USUAL = Rollouts.line("a.png", 3).strip();

  private static final String UNUSUAL = USUAL.replace("\"score\"", "\"sc\\u006fre\"");

  @TempDir Path folder;

  private interface Check {
    void line(LineRanker ranker) throws IOException, RejectedRecordException;
  }

  private void onLine(String line, Check check) throws IOException, RejectedRecordException {
    Path file = folder.resolve("a.jsonl");
    Files.writeString(file, line + "\n");
    LocalStorage storage = new LocalStorage();
    SourceFile source = new SourceFinder(storage).find(List.of(file.toString())).get(0);
    try (SourceReader reader =
        SourceReader.open(
            storage, source, SourceReader.split(source, 0, 1 << 20).get(0), bytes -> {})) {
      assertTrue(reader.next());
      check.line(new LineRanker(reader));
    }
  }

  @Test
  void ranksAsAFullParseDoes() throws IOException, RejectedRecordException {
    byte[] bytes = USUAL.getBytes(StandardCharsets.UTF_8);
    Rollout rollout = Objects.requireNonNull(RolloutParser.parse(bytes, 0, bytes.length));
    RolloutScore score = RolloutScore.of(rollout);
    LabelStatistics statistics = new LabelStatistics();
    statistics.add(rollout, score);
    Check check =
        ranker -> {
          assertTrue(ranker.rank());
          assertEquals(score, ranker.score());
          assertEquals(RankHistogram.keyOf(score.balancedInformation(ALPHA)), ranker.key(ALPHA));
          LabelStatistics ofLine = new LabelStatistics();
          ranker.addTo(ofLine);
          assertEquals(statistics.summary(), ofLine.summary());
          assertEquals(rollout, ranker.rollout());
        };
    for (String line : List.of(USUAL, UNUSUAL, " " + USUAL + "\u00a0")) {
      onLine(line, check);
    }
  }

  @Test
  void isCertainOfUsualLinesOnly() throws IOException, RejectedRecordException {
    onLine(USUAL, ranker -> assertTrue(ranker.rank() && ranker.isWritable()));
    onLine(UNUSUAL, ranker -> assertTrue(ranker.rank() && !ranker.isWritable()));
    onLine(
        USUAL.replace("image", "picture"),
        ranker -> assertTrue(ranker.rank() && !ranker.isWritable()));
  }

  @Test
  void passesOverBlankLines() throws IOException, RejectedRecordException {
    onLine(" \t", ranker -> assertFalse(ranker.rank()));
    onLine("\u3000", ranker -> assertFalse(ranker.rank()));
  }

  @Test
  void rejectsWhatCannotBeRanked() throws IOException, RejectedRecordException {
    for (String line : List.of("{", "{}", "5", USUAL.replace("0.1875", "1.5"), USUAL + "x")) {
      onLine(line, ranker -> assertThrows(RejectedRecordException.class, ranker::rank, line));
    }
  }
}
