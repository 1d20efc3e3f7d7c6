package io.bisift.trainer.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.model.input.EncodedRecord;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.config.RunOptions;
import io.bisift.trainer.data.BadRecordException;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.data.Sets;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.BatchLimit;
import io.bisift.trainer.feed.EpochOrder;
import io.bisift.trainer.feed.Feed;
import io.bisift.trainer.feed.FixedCourse;
import io.bisift.trainer.feed.RejectedLog;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.health.Progress;
import io.bisift.trainer.log.MetricsFile;
import io.bisift.trainer.log.RunLog;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.optim.LearningRate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingLoopTest {
  private static final long UPDATES = 24;

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void makeSet() throws IOException {
    List<Sets.Line> lines = new ArrayList<>();
    for (int i = 0; i < 37; i++) {
      lines.add(Sets.line(i, "i.png", "question " + "x".repeat(i % 7), i % 2, (i / 2) % 2));
    }
    Files.createDirectories(temp.resolve("images"));
    Files.write(temp.resolve("images/i.png"), new byte[] {1});
    folder = Sets.write(temp.resolve("set"), Compression.NONE, List.of(lines));
  }

  /** Ids out of the text's characters. */
  private static EncodedRecord encode(String text, int steps, List<byte[]> images)
      throws BadRecordException {
    if (text.contains("refused")) {
      throw new BadRecordException("refused");
    }
    List<Integer> ids = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (String step : text.substring(0, text.length() - "<prm>".length()).split("<prm>", -1)) {
      step.chars().forEach(ids::add);
      positions.add(ids.size());
      ids.add(0);
    }
    assertEquals(steps, positions.size());
    return new EncodedRecord(
        ids.stream().mapToInt(Integer::intValue).toArray(),
        positions.stream().mapToInt(Integer::intValue).toArray(),
        images);
  }

  /** Trains in a folder up to an update, from its last checkpoint on. */
  private boolean train(String name, long to, double learningRate, boolean stopAtOnce) {
    Path run = temp.resolve(name);
    RunOptions options = new RunOptions();
    options.saveEvery = 5;
    options.evaluateEvery = 8;
    options.keep = 2;
    CheckpointFolder checkpoints = new CheckpointFolder(run.resolve("checkpoints"));
    AdamW optimizer = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.05, Decay.ALL));
    EpochOrder order = new EpochOrder(7, 8, 16);
    BatchLimit limit = new BatchLimit(3, 200);
    try (TrainingSet set =
            TrainingSet.open(new LocalStorage(), folder.toString(), run.resolve("cache"));
        BagTrainee model = new BagTrainee();
        StopSignal stop = StopSignal.listen()) {
      if (stopAtOnce) {
        stop.request();
      }
      long from = 0;
      if (checkpoints.last().isPresent()) {
        Path last = checkpoints.last().get();
        from = CheckpointFolder.open(last).update();
        StateFiles.read(last, model.weights(), optimizer, from);
      }
      SampleLoader loader =
          new SampleLoader(
              set,
              new LocalStorage(),
              temp.resolve("images").toString(),
              LabelSource.STORED,
              0,
              TrainingLoopTest::encode);
      Files.createDirectories(run);
      RejectedLog rejected = new RejectedLog(run.resolve("rejected.jsonl"), 1);
      rejected.of(3);
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
      try (RunLog log = new RunLog(run, nowhere, false, 1, from, UPDATES, new Progress());
          Feed feed = new Feed(new FixedCourse(loader, order), limit, rejected, from, to, 2, 9)) {
        TrainingLoop.Rules rules =
            new TrainingLoop.Rules(
                to,
                new LearningRate(LearningRate.Shape.COSINE, learningRate, 0.1, UPDATES),
                2,
                1,
                weight -> 1,
                options,
                Map.of());
        Evaluation evaluation = new Evaluation(loader, limit, rejected, 0, 2, 9);
        return new TrainingLoop(
                rules, model, optimizer, checkpoints, log, Optional.of(evaluation), stop, from)
            .run(feed);
      } finally {
        optimizer.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Double> losses(String name) throws IOException {
    Map<String, Double> losses = new TreeMap<>();
    for (JsonNode line : MetricsFile.read(temp.resolve(name).resolve("metrics.jsonl"))) {
      losses.put(line.path("kind").asText() + line.path("step"), line.path("loss").asDouble());
    }
    return losses;
  }

  @Test
  void aRunTakenUpAgainHasTheSameLosses() throws Exception {
    assertTrue(train("whole", UPDATES, 0.05, false));
    for (long to : new long[] {3, 5, 11, 12, 20, UPDATES}) {
      train("pieces", to, 0.05, false);
    }
    Map<String, Double> whole = losses("whole");
    Map<String, Double> pieces = losses("pieces");
    pieces.keySet().retainAll(whole.keySet()); // a piece is evaluated at its end, too
    assertEquals(whole, pieces);
    assertTrue(whole.get("train24") < whole.get("train1"), whole.toString());
  }

  @Test
  void aStopSavesAndGoesOn() throws Exception {
    train("whole", UPDATES, 0.05, false);
    assertFalse(train("stopped", UPDATES, 0.05, true));
    assertEquals(
        1,
        CheckpointFolder.open(
                new CheckpointFolder(temp.resolve("stopped/checkpoints")).last().orElseThrow())
            .update());
    assertTrue(train("stopped", UPDATES, 0.05, false));
    assertEquals(losses("whole"), losses("stopped"));
  }

  @Test
  void anExplodingLossEndsTheRun() {
    UserException exploded =
        assertThrows(UserException.class, () -> train("exploded", UPDATES, 1e38, false));
    assertTrue(exploded.getMessage().contains("--learning-rate"), exploded.getMessage());
  }

  @Test
  void weightsThatExplodeInTheLastUpdateAreNotSaved() {
    UserException exploded = assertThrows(UserException.class, () -> train("last", 2, 1e38, false));
    assertTrue(exploded.getMessage().contains("the weights are not finite"), exploded.getMessage());
    assertTrue(new CheckpointFolder(temp.resolve("last/checkpoints")).list().isEmpty());
  }

  @Test
  void recordsThatCannotBeUsedAreKeptAside() throws Exception {
    List<Sets.Line> lines = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String image = i == 3 ? "gone.png" : "i.png";
      lines.add(Sets.line(i, image, i == 4 ? "refused" : "question", i % 2));
    }
    folder = Sets.write(temp.resolve("other"), Compression.ZSTD, List.of(lines));
    assertTrue(train("some", 4, 0.05, false));
    String rejected = Files.readString(temp.resolve("some/rejected.jsonl"));
    assertEquals(2, rejected.lines().count(), rejected);
    assertTrue(rejected.contains("gone.png") && rejected.contains("source.jsonl:4"), rejected);
    Files.delete(temp.resolve("images/i.png"));
    assertThrows(UserException.class, () -> train("all", 4, 0.05, false));
  }
}
