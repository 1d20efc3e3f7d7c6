package io.bisift.pipelines.evaluate;

import io.bisift.beam.evaluate.EvaluateItems;
import io.bisift.formats.evaluate.EvaluationParameters;
import io.bisift.formats.evaluate.LocalEvaluation;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.ResultKind;
import java.io.IOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/** Evaluations, by whatever does the work. */
final class Evaluating implements ResultKind<EvaluationParameters> {
  @Override
  public String transform() {
    return "EvaluateItems";
  }

  @Override
  public PTransform<PBegin, PDone> graph(EvaluationParameters parameters, String id) {
    return EvaluateItems.of(parameters, Version.tool(), id);
  }

  @Override
  public void write(LocalEvaluation local, EvaluationParameters parameters, String id)
      throws IOException {
    local.evaluate(parameters, id);
  }

  @Override
  public String table(String metricsJson) {
    return EvaluationTable.of(metricsJson);
  }
}
