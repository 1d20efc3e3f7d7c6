package io.bisift.pipelines.evaluate;

import io.bisift.pipelines.run.Template;

/** Starts an evaluation and does not wait for it: what templates and clusters call. */
public final class EvaluatePipeline {
  private EvaluatePipeline() {}

  public static void main(String[] args) {
    Template.main(EvaluateOptions.class, EvaluateReader::read, new Evaluating(), args);
  }
}
