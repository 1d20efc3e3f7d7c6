package io.bisift.formats.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bisift.core.UserException;
import io.bisift.core.select.TopFraction;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.training.LabelRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What decides which records a growing set has. All runs that write into its folder are told the
 * same.
 *
 * @param mode how records are grouped
 * @param alpha α of the BIS
 * @param topRatio ρ
 * @param imageRoot where pictures are looked for, or null: nowhere
 * @param idHorizon how many ids of records are remembered, to drop those that come again
 * @param shape of the sets of whole files; null where records come one by one
 * @param windows of event time; null where records are not grouped by it
 */
public record StreamParameters(
    Mode mode,
    double alpha,
    double topRatio,
    LabelRule labels,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String imageRoot,
    int idHorizon,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SetShape shape,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EventWindows windows)
    implements Serializable {
  /** How records are grouped: the best of each group are kept. */
  public enum Mode {
    /** By file; a file is complete when it appears. */
    FILES,
    /** By source, over all records so far. */
    CUMULATIVE,
    /** By source and window of event time. */
    WINDOWS
  }

  /**
   * @throws UserException if a value makes no sense
   */
  public StreamParameters {
    require(
        alpha >= 0 && alpha < Double.POSITIVE_INFINITY,
        "--alpha must be a number of at least 0, was " + alpha);
    require(
        topRatio > 0 && topRatio <= 1,
        "--top-ratio must be above 0 and at most 1, was " + topRatio);
    require((mode == Mode.FILES) == (shape != null), "--shards belong to whole files");
    require((mode == Mode.WINDOWS) == (windows != null), "--window belongs to windows");
    require(idHorizon >= 0, "--id-horizon must be at least 0, was " + idHorizon);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw UserException.usage(message);
    }
  }

  public TopFraction topFraction() {
    return new TopFraction(topRatio);
  }

  /** In what another run was told otherwise, in the command's words; empty if in nothing. */
  List<String> differences(StreamParameters now) {
    List<String> changes = new ArrayList<>();
    compare("the kind of stream", mode, now.mode, changes);
    compare("--alpha", alpha, now.alpha, changes);
    compare("--top-ratio", topRatio, now.topRatio, changes);
    compare("--labels", labels.kind(), now.labels.kind(), changes);
    compare("--threshold", labels.threshold(), now.labels.threshold(), changes);
    compare("--image-root", imageRoot, now.imageRoot, changes);
    compare("the shape of shards", shape, now.shape, changes);
    if (windows != null && now.windows != null) {
      compare("--window", millis(windows.length()), millis(now.windows.length()), changes);
      compare(
          "--allowed-lateness",
          millis(windows.lateness()),
          millis(now.windows.lateness()),
          changes);
    }
    return changes;
  }

  private static String millis(long time) {
    return time + " ms";
  }

  private static void compare(
      String name, @Nullable Object before, @Nullable Object now, List<String> changes) {
    if (!Objects.equals(before, now)) {
      changes.add(name + " was " + before + ", is " + now);
    }
  }
}
