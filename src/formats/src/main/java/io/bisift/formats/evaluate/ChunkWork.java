package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.evaluation.CandidateItem;
import io.bisift.core.evaluation.JudgedItem;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.core.rerank.Candidate;
import io.bisift.core.scoring.StepScorer;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works on chunks: scores their items, or takes their scores, unless that was done before. */
public final class ChunkWork {
  private final Storage storage;
  private final @Nullable String imageRoot;
  private final ResultFolder folder;
  private final @Nullable StepScorer scorer;

  /** What a chunk of a benchmark adds to the whole. */
  public record Result(
      ChunkOutcome outcome, ScoreTable scores, Mistakes mistakes, boolean doneBefore) {}

  /** What a chunk of candidates adds to the whole: problems, and a candidate of each. */
  public record Candidates(
      ChunkOutcome outcome,
      List<String> problems,
      List<Candidate> candidates,
      boolean doneBefore) {}

  /**
   * @param scorer null with ready scores
   * @param id of the run
   */
  public ChunkWork(
      Storage storage, ResultParameters parameters, @Nullable StepScorer scorer, String id) {
    this.storage = storage;
    this.imageRoot = parameters.imageRoot();
    this.folder = new ResultFolder(storage, parameters.output()).ownedBy(id);
    this.scorer = scorer;
  }

  /** Works on a chunk of a benchmark and keeps what comes of it. */
  public Result work(ItemChunk chunk) throws IOException {
    ItemWork.Outcome<JudgedItem> outcome =
        new ItemWork<>(storage, new BenchmarkForm()).work(chunk, folder, imageRoot, scorer);
    ChunkFile<JudgedItem> file = outcome.file();
    Mistakes mistakes = new Mistakes();
    for (int i = 0; i < file.items().size(); i++) {
      mistakes.add(file.places().get(i), file.items().get(i));
    }
    return new Result(outcome.summary(), scores(file), mistakes, outcome.doneBefore());
  }

  private static ScoreTable scores(ChunkFile<JudgedItem> file) {
    ScoreTable scores = new ScoreTable();
    for (int i = 0; i < file.items().size(); i++) {
      scores.add(file.places().get(i), file.items().get(i).scored());
    }
    return scores;
  }

  /** The ready scores of a chunk that a threshold is found on; nothing is kept. */
  public static ScoreTable calibration(Storage storage, ItemChunk chunk) throws IOException {
    ChunkFile<JudgedItem> file =
        new ItemWork<>(storage, new BenchmarkForm()).take(chunk, chunk.read(storage));
    if (file.rejectedItems() > 0) {
      throw UserException.failure(
          "the calibration set "
              + chunk.source().input()
              + " has items that cannot be used: "
              + file.rejected().toString().lines().findFirst().orElse(""));
    }
    return scores(file);
  }

  /** Works on a chunk of candidates and keeps what comes of it. */
  public Candidates candidates(ItemChunk chunk) throws IOException {
    ItemWork.Outcome<CandidateItem> outcome =
        new ItemWork<>(storage, new CandidateForm()).work(chunk, folder, imageRoot, scorer);
    ChunkFile<CandidateItem> file = outcome.file();
    List<String> problems = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < file.items().size(); i++) {
      CandidateItem item = file.items().get(i);
      problems.add(item.problem());
      double[] scores = item.scores().stream().mapToDouble(Double::doubleValue).toArray();
      candidates.add(Candidate.of(file.places().get(i), item.answer(), item.correct(), scores));
    }
    return new Candidates(outcome.summary(), problems, candidates, outcome.doneBefore());
  }
}
