package io.bisift.formats.evaluate;

import io.bisift.formats.evaluate.EvaluationParameters.Scorer;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What evaluations and rerankings are told alike. */
public sealed interface ResultParameters extends Serializable
    permits EvaluationParameters, RerankParameters {
  /** Files, folders or globs of what is scored, or has its scores. */
  List<String> inputs();

  /** The option that names them, without its dashes. */
  String inputOption();

  /** Where pictures lie, or null: names are whole paths. */
  @Nullable String imageRoot();

  /** How items are scored; null where they have scores. */
  @Nullable Scorer scorer();

  /** The folder that is written. */
  String output();

  /** Files of scores. */
  int shards();

  /** Items that are scored, and kept, together. */
  int batchSize();

  /** Share of items above which the run fails, or null: never. */
  @Nullable Double maxRejected();

  /** Whether a complete outcome in the output folder may be replaced. */
  boolean force();

  /** All that was told, by option, but for where the outcome goes. */
  Map<String, Object> asOptions();

  /** All places that the run reads or writes itself. */
  default Stream<String> paths() {
    return Stream.of(inputs().stream(), Stream.of(output()), Stream.ofNullable(imageRoot()))
        .flatMap(paths -> paths);
  }
}
