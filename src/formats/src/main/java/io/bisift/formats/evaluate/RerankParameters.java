package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a reranking was told.
 *
 * @param candidates files of candidates
 * @param imageRoot where pictures lie, or null
 * @param scorer how candidates are scored; null: they have scores
 * @param replicates of the bootstrap; 0: no intervals
 * @param seed of the bootstrap and of the votes
 */
public record RerankParameters(
    List<String> candidates,
    @Nullable String imageRoot,
    EvaluationParameters.@Nullable Scorer scorer,
    String output,
    int replicates,
    long seed,
    int batchSize,
    @Nullable Double maxRejected,
    boolean force)
    implements ResultParameters {
  /**
   * @throws UserException if a value makes no sense
   */
  public RerankParameters {
    candidates = List.copyOf(candidates);
    if (candidates.isEmpty()) {
      throw UserException.usage("--candidates is missing: name a file of candidates");
    }
    if (output.isEmpty()) {
      throw UserException.usage("--output is missing: name a folder that does not exist yet");
    }
    if (maxRejected != null && !(maxRejected >= 0 && maxRejected <= 1)) {
      throw UserException.usage("--max-rejected must be between 0 and 1, was " + maxRejected);
    }
  }

  @Override
  public List<String> inputs() {
    return candidates;
  }

  @Override
  public String inputOption() {
    return "candidates";
  }

  /** Candidates are few, and are one file. */
  @Override
  public int shards() {
    return 1;
  }

  @Override
  public Map<String, Object> asOptions() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("command", "rerank");
    options.put("candidates", candidates);
    if (imageRoot != null) {
      options.put("image_root", imageRoot);
    }
    if (scorer != null) {
      scorer.putInto(options);
      options.put("batch_size", batchSize);
    }
    options.put("bootstrap", replicates);
    options.put("seed", seed);
    return options;
  }

  /** What the outcome depends on besides what files hold. */
  Map<String, Object> withoutPaths() {
    return EvaluationParameters.withoutPaths(asOptions());
  }
}
