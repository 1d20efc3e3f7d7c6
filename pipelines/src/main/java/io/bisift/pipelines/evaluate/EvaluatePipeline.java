package io.bisift.pipelines.evaluate;

import io.bisift.beam.evaluate.EvaluateItems;
import io.bisift.pipelines.commandline.Version;
import io.bisift.pipelines.run.Template;
import java.util.UUID;

/** Starts an evaluation and does not wait for it: what templates and clusters call. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  public static void main(String[] args) {
    Template.main(
        EvaluateOptions.class,
        "EvaluateItems",
        options ->
            EvaluateItems.of(
                EvaluateReader.read(options), Version.tool(), UUID.randomUUID().toString()),
        args);
  }
}
