package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.core.rerank.Candidate;
import io.bisift.core.rerank.ProblemChances;
import io.bisift.core.scoring.StepScorer;
import io.bisift.formats.run.LocalRun;
import io.bisift.formats.run.Workers;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations and rerankings on one machine without Beam: the same steps over the same core, and
 * the same bytes, with threads of its own. For one use.
 */
public final class LocalEvaluation implements AutoCloseable {
  private final Storage storage;
  private final String tool;
  private final Workers workers;
  private final LongAdder done = new LongAdder();
  private final LongAdder before = new LongAdder();
  private volatile @Nullable Thread caller;

  /**
   * @param tool name and version of what evaluates
   * @param threads how many chunks are worked on at once
   */
  public LocalEvaluation(Storage storage, String tool, int threads) {
    this.storage = storage;
    this.tool = tool;
    this.workers = new Workers(threads);
  }

  /** Items that have scores or were rejected; may be called from another thread. */
  public long itemsDone() {
    return done.sum();
  }

  /** Those of them that an earlier run did. */
  public long itemsDoneBefore() {
    return before.sum();
  }

  /**
   * Evaluates.
   *
   * @param id tells this run from others that want the same folder
   */
  public void evaluate(EvaluationParameters parameters, String id) throws IOException {
    ScoreTable scores = new ScoreTable();
    Mistakes mistakes = new Mistakes();
    List<ChunkOutcome> outcomes =
        score(
            parameters,
            id,
            (work, chunk) -> {
              ChunkWork.Result result = work.work(chunk);
              synchronized (scores) {
                scores.addAll(result.scores());
                mistakes.addAll(result.mistakes());
              }
              count(result.outcome(), result.doneBefore());
              return result.outcome();
            });
    ScoreTable calibration = parameters.calibration().isEmpty() ? null : calibration(parameters);
    new EvaluationFinisher(storage, parameters, tool, id)
        .finish(
            EvaluationPlan.files(storage, parameters),
            outcomes,
            scores,
            calibration,
            mistakes,
            shards(parameters, outcomes, id),
            LocalRun.RUNNER);
  }

  private ScoreTable calibration(EvaluationParameters parameters) throws IOException {
    ScoreTable sum = new ScoreTable();
    workers.<ItemChunk>forEachMade(
        out -> EvaluationPlan.cutCalibration(storage, parameters, out),
        chunk -> {
          ScoreTable scores = ChunkWork.calibration(storage, chunk);
          synchronized (sum) {
            sum.addAll(scores);
          }
        });
    return sum;
  }

  /**
   * Reranks.
   *
   * @param id tells this run from others that want the same folder
   */
  public void rerank(RerankParameters parameters, String id) throws IOException {
    Map<String, List<Candidate>> byProblem = new HashMap<>();
    List<ChunkOutcome> outcomes =
        score(
            parameters,
            id,
            (work, chunk) -> {
              ChunkWork.Candidates result = work.candidates(chunk);
              synchronized (byProblem) {
                for (int i = 0; i < result.candidates().size(); i++) {
                  byProblem
                      .computeIfAbsent(result.problems().get(i), key -> new ArrayList<>())
                      .add(result.candidates().get(i));
                }
              }
              count(result.outcome(), result.doneBefore());
              return result.outcome();
            });
    List<ProblemChances> problems = new ArrayList<>();
    workers.forEach(
        List.copyOf(byProblem.values()),
        candidates -> {
          ProblemChances chances = ProblemChances.of(candidates, parameters.seed());
          synchronized (problems) {
            problems.add(chances);
          }
        });
    new RerankFinisher(storage, parameters, tool, id)
        .finish(
            EvaluationPlan.files(storage, parameters),
            outcomes,
            problems,
            shards(parameters, outcomes, id),
            LocalRun.RUNNER);
  }

  /** What is done with a chunk. */
  private interface Scoring {
    ChunkOutcome of(ChunkWork work, ItemChunk chunk) throws IOException;
  }

  /** Scores all chunks; the outcomes are in their order. */
  private List<ChunkOutcome> score(ResultParameters parameters, String id, Scoring scoring)
      throws IOException {
    caller = Thread.currentThread();
    EvaluationParameters.Scorer named = parameters.scorer();
    StepScorer scorer = named == null ? null : CheckpointScorer.open(storage, named.settings());
    List<ChunkOutcome> outcomes = new ArrayList<>();
    boolean whole = false;
    try {
      ChunkWork work = new ChunkWork(storage, parameters, scorer, id);
      workers.<ItemChunk>forEachMade(
          out -> EvaluationPlan.begin(storage, parameters, tool, id, out),
          chunk -> {
            ChunkOutcome outcome = scoring.of(work, chunk);
            synchronized (outcomes) {
              outcomes.add(outcome);
            }
          });
      whole = true;
    } finally {
      if (!whole) {
        workers.close(); // who is still at work with the scorer ends first
      }
      // a run that was cancelled waits for nobody; its process ends
      if (scorer != null && !Thread.currentThread().isInterrupted()) {
        scorer.close();
      }
    }
    outcomes.sort(Comparator.comparingInt(ChunkOutcome::number));
    return outcomes;
  }

  private void count(ChunkOutcome outcome, boolean doneBefore) {
    done.add(outcome.items());
    before.add(doneBefore ? outcome.items() : 0);
  }

  private List<WrittenFile> shards(
      ResultParameters parameters, List<ChunkOutcome> outcomes, String id) throws IOException {
    List<WrittenFile> written = new ArrayList<>();
    workers.forEach(
        ResultShard.plan(outcomes, parameters.shards()),
        shard -> {
          WrittenFile file = shard.write(storage, parameters.output(), id);
          synchronized (written) {
            written.add(file);
          }
        });
    return written;
  }

  /** Stops as soon as may be; whoever waits for the outcome gets an exception. */
  public void cancel() {
    workers.cancel();
    Thread waiting = caller;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
