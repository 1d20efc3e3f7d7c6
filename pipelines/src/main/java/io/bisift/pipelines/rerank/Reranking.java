package io.bisift.pipelines.rerank;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.beam.evaluate.RerankCandidates;
import io.bisift.core.UserException;
import io.bisift.core.rerank.RerankMetrics;
import io.bisift.formats.evaluate.LocalEvaluation;
import io.bisift.formats.evaluate.RerankParameters;
import io.bisift.formats.output.Json;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.ResultKind;
import io.bisift.pipelines.run.TextTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/** Rerankings, by whatever does the work. */
final class Reranking implements ResultKind<RerankParameters> {
  @Override
  public String transform() {
    return "RerankCandidates";
  }

  @Override
  public PTransform<PBegin, PDone> graph(RerankParameters parameters, String id) {
    return RerankCandidates.of(parameters, Version.tool(), id);
  }

  @Override
  public void write(LocalEvaluation local, RerankParameters parameters, String id)
      throws IOException {
    local.rerank(parameters, id);
  }

  @Override
  public String table(String metricsJson) {
    RerankMetrics metrics;
    try {
      metrics = Json.parse(metricsJson, RerankMetrics.class);
    } catch (JsonProcessingException e) {
      throw UserException.failure("metrics.json cannot be read: " + e.getOriginalMessage(), e);
    }
    List<String> headings = new ArrayList<>(List.of("chosen by"));
    metrics.curves().values().stream()
        .findFirst()
        .ifPresent(curve -> curve.forEach(at -> headings.add("N=" + at.n())));
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (Map.Entry<String, List<RerankMetrics.At>> curve : metrics.curves().entrySet()) {
      List<String> row = new ArrayList<>(List.of(curve.getKey().replace('_', ' ')));
      curve.getValue().forEach(at -> row.add(String.format(Locale.ROOT, "%.4f", at.accuracy())));
      table.row(row.toArray(String[]::new));
    }
    return table
        + String.format(
            Locale.ROOT,
            "%n%,d problems, %,d candidates (%d to %d each)",
            metrics.problems(),
            metrics.candidates(),
            metrics.fewest(),
            metrics.most());
  }
}
