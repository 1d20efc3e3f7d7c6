package io.bisift.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.core.scoring.StepScores;
import io.bisift.core.scoring.StepScores.Scored;
import io.bisift.model.init.NewCheckpoint;
import io.bisift.model.init.Preset;
import io.bisift.model.input.UnusableRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library, over a model with random weights. */
class RewardModelTest {
  private static final double ROUNDING = 1e-5;
  private static final List<String> STEPS = List.of("First, 1 + 1 = 2.", "So it is two.", "2");

  @TempDir static Path folder;
  private static byte[] wide;
  private static byte[] tall;

  @BeforeAll
  static void make() throws IOException {
    NewCheckpoint.write(folder.resolve("tiny"), Preset.TINY, 7, Optional.empty());
    wide = Files.readAllBytes(Golden.path("images/a_rgb_wide.png"));
    tall = Files.readAllBytes(Golden.path("images/b_rgb_tall.png"));
  }

  private static ScorerSettings settings(PromptText prompt, PictureLayout pictures) {
    return new ScorerSettings(
        folder.resolve("tiny").toString(),
        prompt,
        pictures,
        Optional.of(3),
        "cpu",
        Precision.FLOAT32);
  }

  private static List<ScoreRequest> requests() {
    return List.of(
        new ScoreRequest("What is it?", STEPS, List.of(wide)),
        new ScoreRequest("And this, said in more words?", STEPS.subList(0, 2), List.of(wide, tall)),
        new ScoreRequest("A broken one", STEPS, List.of(new byte[] {1, 2, 3})),
        new ScoreRequest("Only text", STEPS.subList(0, 1), List.of()));
  }

  private static void assertSame(StepScores expected, StepScores actual) {
    if (!(expected instanceof Scored scored)) {
      assertEquals(expected, actual);
      return;
    }
    List<Double> scores = assertInstanceOf(Scored.class, actual).scores();
    assertEquals(scored.scores().size(), scores.size());
    for (int i = 0; i < scores.size(); i++) {
      assertEquals(scored.scores().get(i), scores.get(i), ROUNDING);
    }
  }

  @Test
  void scoresAlikeAloneAndTogether() throws UnusableRecordException {
    try (RewardModel model = RewardModel.load(folder.resolve("tiny"))) {
      List<StepScores> together = model.score(requests());
      for (int i = 0; i < together.size(); i++) {
        assertSame(together.get(i), model.score(requests().subList(i, i + 1)).get(0));
      }
      assertEquals(
          new StepScores.Rejected("image 1: neither PNG, JPEG, WebP nor GIF"), together.get(2));
      List<Double> one = model.score(List.of(wide), "What is it?", STEPS);
      assertSame(together.get(0), new Scored(one));
      assertTrue(one.stream().allMatch(score -> score > 0 && score < 1));
      assertThrows(
          UnusableRecordException.class, () -> model.score(List.of(new byte[5]), "q", STEPS));
    }
  }

  @Test
  void scoresFromSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (StepScorer scorer =
        StepScorerProvider.find().open(settings(PromptText.TRAINING, PictureLayout.EACH))) {
      List<StepScores> expected = scorer.score(requests());
      List<Future<List<StepScores>>> results = new ArrayList<>();
      Callable<List<StepScores>> work = () -> scorer.score(requests());
      for (int i = 0; i < 6; i++) {
        results.add(threads.submit(work));
      }
      for (Future<List<StepScores>> result : results) {
        assertEquals(expected, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingWaitsForThoseWhoScore() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      RewardModel model = RewardModel.load(folder.resolve("tiny"));
      CountDownLatch started = new CountDownLatch(3);
      AtomicInteger scored = new AtomicInteger();
      Callable<Void> work =
          () -> {
            while (true) {
              model.score(requests());
              scored.incrementAndGet();
              started.countDown();
            }
          };
      List<Future<Void>> results = List.of(work, work, work).stream().map(threads::submit).toList();
      started.await();
      model.close();
      model.close();
      for (Future<Void> result : results) {
        ExecutionException end = assertThrows(ExecutionException.class, result::get);
        assertEquals("this reward model is closed", end.getCause().getMessage());
      }
      assertTrue(scored.get() >= 3);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void takesPromptAndPicturesAsTold() {
    List<StepScores> training;
    try (RewardModel model =
        RewardModel.load(settings(PromptText.TRAINING, PictureLayout.MOSAIC))) {
      training = model.score(requests());
    }
    try (RewardModel model = RewardModel.load(settings(PromptText.SCORING, PictureLayout.EACH))) {
      List<StepScores> scoring = model.score(requests());
      assertNotEquals(training.get(0), scoring.get(0));
      assertNotEquals(training.get(1), scoring.get(1));
    }
  }

  @Test
  void rejectsWhatWouldLoseSteps() {
    String longStep = "a very long step ".repeat(2000);
    try (RewardModel model = RewardModel.load(folder.resolve("tiny"))) {
      StepScores answer =
          model.score(List.of(new ScoreRequest("q", List.of("short", longStep), List.of()))).get(0);
      assertEquals(
          new StepScores.Rejected("too long: of 2 steps only 1 end within 8192 tokens"), answer);
    }
  }

  @Test
  void refusesATokenizerThatIsLargerThanTheModel() throws IOException {
    Path other = folder.resolve("small");
    NewCheckpoint.write(other, Preset.TINY, 0, Optional.empty());
    Path config = other.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config).replaceAll("\"vocab_size\" : \\d+", "\"vocab_size\" : 940"));
    UserException e = assertThrows(UserException.class, () -> RewardModel.load(other));
    assertTrue(
        e.getMessage().contains("the tokenizer has 946 tokens, the model only 940 rows"),
        e.getMessage());
  }
}
