package io.bisift.pipelines.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.core.scoring.StepScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A reward model for tests: scores are made of the texts and pictures that are asked about. */
public final class FakeScorer implements StepScorerProvider {
  /** By checkpoint: how often it was opened, and how many items it was asked for. */
  static final Map<String, AtomicInteger> OPENED = new ConcurrentHashMap<>();

  static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();

  /**
   * Threads that were at work with a checkpoint when it was closed, which a real one cannot bear.
   */
  static final Map<String, AtomicInteger> CLOSED_AT_WORK = new ConcurrentHashMap<>();

  /** Items that checkpoints may still score, where that is limited. */
  static final Map<String, AtomicInteger> LIMITS = new ConcurrentHashMap<>();

  @Override
  public StepScorer open(ScorerSettings settings) {
    String checkpoint = settings.checkpoint();
    count(OPENED, checkpoint, 1);
    return new StepScorer() {
      private final AtomicInteger atWork = new AtomicInteger();

      @Override
      public List<StepScores> score(List<ScoreRequest> requests) {
        atWork.incrementAndGet();
        try {
          AtomicInteger limit = LIMITS.get(checkpoint);
          if (limit != null && limit.addAndGet(-requests.size()) < 0) {
            throw UserException.failure("the model was stopped");
          }
          if (limit != null && checkpoint.endsWith("-local")) { // Beam leaves others at work
            LockSupport.parkNanos(20_000_000); // who fails finds others at work
          }
          count(ASKED, checkpoint, requests.size());
          return requests.stream().map(request -> answer(settings, request)).toList();
        } finally {
          atWork.decrementAndGet();
        }
      }

      @Override
      public void close() {
        count(CLOSED_AT_WORK, checkpoint, atWork.get());
      }
    };
  }

  private static void count(Map<String, AtomicInteger> counts, String checkpoint, int more) {
    counts.computeIfAbsent(checkpoint, key -> new AtomicInteger()).addAndGet(more);
  }

  /** What the fake says of a request. */
  static StepScores answer(ScorerSettings settings, ScoreRequest request) {
    if (request.question().contains("unanswerable")) {
      return new StepScores.Rejected("2 of 3 steps were cut off");
    }
    int hash = settings.prompt().name().hashCode();
    hash = 31 * hash + request.question().hashCode();
    for (byte[] image : request.images()) {
      hash = 31 * hash + Arrays.hashCode(image);
    }
    List<Double> scores = new ArrayList<>();
    for (String step : request.steps()) {
      hash = 31 * hash + step.hashCode();
      scores.add(((hash >>> 1) % 10_000) / 10_000.0);
    }
    return new StepScores.Scored(scores);
  }
}
