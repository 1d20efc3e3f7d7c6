package io.bisift.trainer.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code state.json} of a checkpoint: where the run stood. The order of the data follows from seed
 * and update, and nothing else is random, so this is all that a run needs to go on as if it had not
 * been stopped.
 *
 * @param format of this file
 * @param update how many updates were made
 * @param optimizerUpdates as many as the optimizer counts
 * @param score the held-out metric by which the best is kept, lower is better; null where the
 *     update was not evaluated
 * @param run what must be the same when the run goes on, by name
 * @param files CRC32C of the other files of the checkpoint, by their names below it
 */
public record RunState(
    String format,
    long update,
    long optimizerUpdates,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double score,
    Map<String, String> run,
    Map<String, String> files) {
  static final String FORMAT = "bisift-checkpoint/1";

  public RunState {
    run = new TreeMap<>(run);
    files = new TreeMap<>(files);
  }

  /** A state whose files are yet to be written. */
  public static RunState at(
      long update, long optimizerUpdates, Optional<Double> score, Map<String, String> run) {
    return new RunState(FORMAT, update, optimizerUpdates, score.orElse(null), run, Map.of());
  }

  RunState withFiles(Map<String, String> sums) {
    return new RunState(format, update, optimizerUpdates, score, run, sums);
  }
}
