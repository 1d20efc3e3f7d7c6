package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.Evaluation;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.formats.output.Json;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Computes the metrics and writes them with the report, last of all. */
public final class EvaluationFinisher {
  private final Storage storage;
  private final EvaluationParameters parameters;
  private final String tool;
  private final String id;

  /**
   * @param id of the run
   */
  public EvaluationFinisher(
      Storage storage, EvaluationParameters parameters, String tool, String id) {
    this.storage = storage;
    this.parameters = parameters;
    this.tool = tool;
    this.id = id;
  }

  /**
   * Completes the evaluation.
   *
   * @param outcomes of all chunks
   * @param written shards, in any order
   * @param runner what the pipeline ran on
   * @throws UserException if more items are rejected than the run allows
   */
  public void finish(
      List<SourceFile> files,
      List<ChunkOutcome> outcomes,
      ScoreTable scores,
      @Nullable ScoreTable calibration,
      Mistakes mistakes,
      List<WrittenFile> written,
      String runner)
      throws IOException {
    ResultFolder folder = new ResultFolder(storage, parameters.output());
    folder.requireOwner(id);
    long rejected = outcomes.stream().mapToLong(ChunkOutcome::rejected).sum();
    requireFewRejected(parameters.maxRejected(), rejected, scores.items(), parameters.output());
    Evaluation evaluation = Evaluation.of(scores, parameters.settings(), calibration);
    MetricsFile metrics =
        new MetricsFile(
            MetricsFile.FORMAT,
            tool,
            parameters.withoutPaths(),
            MetricsFile.Input.of(files),
            MetricsFile.Rejected.of(outcomes),
            evaluation.metrics(),
            written.stream().sorted(Comparator.comparing(WrittenFile::name)).toList());
    String report =
        new EvaluationReport(storage, parameters.imageRoot())
            .of(subject(files), evaluation, mistakes, rejected);
    folder.complete(report, Json.pretty(metrics), runner, id);
  }

  private String subject(List<SourceFile> files) {
    EvaluationParameters.Scorer scorer = parameters.scorer();
    String inputs = String.join(", ", files.stream().limit(3).map(SourceFile::input).toList());
    String more = files.size() > 3 ? " and " + (files.size() - 3) + " more" : "";
    return scorer == null
        ? "scores of " + inputs + more
        : EvaluationParameters.name(scorer.checkpoint()) + " on " + inputs + more;
  }

  static void requireFewRejected(
      @Nullable Double limit, long rejected, long scored, String output) {
    long all = rejected + scored;
    if (limit != null && rejected > limit * all) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "%d of %d items (%.2f %%) were rejected, more than --max-rejected %s allows; see"
                  + " %s/rejected for the reasons",
              rejected,
              all,
              100.0 * rejected / all,
              limit,
              output));
    }
  }
}
