package io.bisift.formats.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.core.evaluation.JudgedItem;
import io.bisift.core.metrics.Confusion;
import io.bisift.core.metrics.FoldThresholds;
import io.bisift.core.metrics.PairedBootstrap;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.core.metrics.ScoredItem;
import io.bisift.formats.output.Json;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A complete evaluation that is put beside others.
 *
 * @param name of its folder
 * @param metrics of its {@code metrics.json}
 */
public record ComparedRun(String folder, String name, MetricsFile.Summary metrics) {
  private static final Pattern STEP = Pattern.compile("(.*?)[-_.]?(\\d+)");

  /**
   * Reads a run.
   *
   * @throws UserException if the folder holds no complete evaluation
   */
  public static ComparedRun read(Storage storage, String folder) throws IOException {
    String text =
        new ResultFolder(storage, folder)
            .text(ResultFolder.METRICS)
            .orElseThrow(
                () ->
                    UserException.usage(folder + " holds no complete evaluation: no metrics.json"));
    try {
      MetricsFile.Summary metrics = Json.parse(text, MetricsFile.Summary.class);
      if (!MetricsFile.FORMAT.equals(metrics.format())) {
        throw UserException.usage(folder + " holds no evaluation of bisift evaluate");
      }
      return new ComparedRun(folder, EvaluationParameters.name(folder), metrics);
    } catch (JsonProcessingException e) {
      throw UserException.usage(folder + "/metrics.json cannot be read: " + e.getOriginalMessage());
    }
  }

  /** What the name has before a number at its end; the whole name where there is none. */
  public String series() {
    Matcher step = STEP.matcher(name);
    return step.matches() ? step.group(1) : name;
  }

  /** The number at the end of the name, of steps trained; -1 if there is none. */
  public long step() {
    Matcher step = STEP.matcher(name);
    try {
      return step.matches() ? Long.parseLong(step.group(2)) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The run's items, judged at its threshold, or each at its fold's. */
  public PairedBootstrap.Side side(Storage storage) throws IOException {
    Double one = metrics.threshold().value();
    FoldThresholds each = one == null ? folds(storage) : null;
    Map<String, String> source = new HashMap<>();
    Map<String, Confusion> confusion = new HashMap<>();
    forEach(
        storage,
        (item, place) -> {
          double threshold = each == null ? Objects.requireNonNull(one) : each.of(place);
          source.put(item.id(), item.scored().source());
          confusion.put(item.id(), confusion(item.scored(), threshold));
        });
    return new PairedBootstrap.Side(source, confusion);
  }

  private FoldThresholds folds(Storage storage) throws IOException {
    List<Double> thresholds = metrics.threshold().folds();
    if (thresholds == null || !(metrics.parameters().get("seed") instanceof Number seed)) {
      throw UserException.usage(folder + "/metrics.json does not say how items were judged");
    }
    ScoreTable table = new ScoreTable();
    forEach(storage, (item, place) -> table.add(place, item.scored()));
    return new FoldThresholds(table, thresholds, seed.longValue());
  }

  private void forEach(Storage storage, ObjLongConsumer<JudgedItem> action) throws IOException {
    List<ItemChunk> chunks = new ArrayList<>();
    new ItemChunker(storage, "", Integer.MAX_VALUE, 4L << 20, chunks::add)
        .cut(new ItemSources(storage, ResultFolder.SCORES).find(List.of(folder)));
    ItemWork<?, JudgedItem> work = new ItemWork<>(storage, new BenchmarkForm());
    for (ItemChunk chunk : chunks) {
      ChunkFile<JudgedItem> file = work.take(chunk, chunk.read(storage));
      for (int i = 0; i < file.items().size(); i++) {
        action.accept(file.items().get(i), file.places().get(i));
      }
    }
  }

  private static Confusion confusion(ScoredItem item, double threshold) {
    long[] counts = new long[4];
    for (int i = 0; i < item.steps(); i++) {
      if (item.label(i) != ScoredItem.NEUTRAL) {
        int wrong = item.label(i) == ScoredItem.WRONG ? 1 : 0;
        counts[wrong + (item.score(i) >= threshold ? 0 : 2)]++;
      }
    }
    return new Confusion(counts[0], counts[1], counts[2], counts[3]);
  }
}
