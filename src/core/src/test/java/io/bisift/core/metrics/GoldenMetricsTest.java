package io.bisift.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.TestData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference's evaluation computes, in whatever bundles the items come. */
class GoldenMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small",
        "medium",
        "full",
        "ties",
        "one_source",
        "all_neutral",
        "only_positive",
        "missing_source",
        "no_steps"
      })
  void areTheReferences(String name) throws IOException {
    List<ScoredItem> items = items(read(name + ".scores.json"));
    check(name + ".thr0.5.metrics.json", ThresholdRule.HALF, items);
    check(name + ".thr0.8.metrics.json", ThresholdRule.fixed(0.8), items);
    check(name + ".auto.metrics.json", ThresholdRule.of(ThresholdRule.Kind.REFERENCE), items);
  }

  private static void check(String golden, ThresholdRule rule, List<ScoredItem> items)
      throws IOException {
    JsonNode expected = read(golden);
    Evaluation.Settings settings = new Evaluation.Settings(rule, 0, 0);
    for (int bundles : new int[] {1, 7}) {
      Evaluation evaluation = Evaluation.of(Tables.bundled(items, bundles), settings, null);
      check(expected, evaluation.metrics());
    }
  }

  private static void check(JsonNode expected, StepMetrics metrics) {
    List<String> sources = new ArrayList<>();
    expected.get("per_source").fieldNames().forEachRemaining(sources::add);
    assertEquals(sources, List.copyOf(metrics.perSource().keySet()));
    for (Map.Entry<String, StepMetrics.Source> entry : metrics.perSource().entrySet()) {
      JsonNode source = expected.get("per_source").get(entry.getKey());
      StepMetrics.Source actual = entry.getValue();
      close(source.get("f1_positive"), actual.f1Positive());
      close(source.get("f1_negative"), actual.f1Negative());
      close(source.get("macro_f1"), actual.macroF1());
      JsonNode counts = source.get("counts");
      assertEquals(counts.get("tp_pos").asLong(), actual.counts().tpPos());
      assertEquals(counts.get("fp_pos").asLong(), actual.counts().fpPos());
      assertEquals(counts.get("fn_pos").asLong(), actual.counts().fnPos());
      assertEquals(counts.get("tp_neg").asLong(), actual.counts().tpNeg());
      assertEquals(counts.get("fp_neg").asLong(), actual.counts().fpNeg());
      assertEquals(counts.get("fn_neg").asLong(), actual.counts().fnNeg());
    }
    JsonNode overall = expected.get("overall");
    close(overall.get("micro_over_sources"), metrics.overall().microOverSources());
    close(overall.get("macro_f1_pooled"), metrics.overall().macroF1Pooled());
    close(overall.get("f1_positive"), metrics.overall().f1Positive());
    close(overall.get("f1_negative"), metrics.overall().f1Negative());
    assertEquals(overall.get("total_steps").asLong(), metrics.overall().totalSteps());
    assertEquals(overall.get("threshold_used").asDouble(), metrics.overall().thresholdUsed());
    JsonNode search = expected.get("auto_search");
    StepMetrics.AutoSearch actual = metrics.autoSearch();
    if (search == null) {
      return;
    }
    close(search.get("auc"), actual.auc());
    check(search.get("best_threshold_micro_over_sources"), actual.bestThresholdMicroOverSources());
    check(search.get("best_threshold_pooled_macro"), actual.bestThresholdPooledMacro());
  }

  private static void check(JsonNode expected, Thresholds.Best actual) {
    assertEquals(expected.get("threshold").asDouble(), actual.threshold());
    close(expected.get("score"), actual.score());
  }

  private static void close(JsonNode expected, @Nullable Double actual) {
    if (expected.isNull()) {
      assertEquals(null, actual);
    } else {
      assertEquals(expected.asDouble(), actual, TOLERANCE);
    }
  }

  private static List<ScoredItem> items(JsonNode array) {
    List<ScoredItem> items = new ArrayList<>();
    for (JsonNode item : array) {
      JsonNode labels = item.get("labels_per_step");
      JsonNode scores = item.get("prm_scores").path(0);
      byte[] label = new byte[labels.size()];
      double[] score = new double[scores.size()];
      for (int i = 0; i < label.length; i++) {
        label[i] = (byte) labels.get(i).asInt();
      }
      for (int i = 0; i < score.length; i++) {
        score[i] = scores.get(i).asDouble();
      }
      items.add(new ScoredItem(item.path("data_source").asText("UNKNOWN"), label, score));
    }
    return items;
  }

  private static JsonNode read(String name) throws IOException {
    return JSON.readTree(TestData.bytes("/golden/metrics/" + name + ".gz"));
  }
}
