package io.bisift.beam.evaluate;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.evaluate.EvaluationPlan;
import io.bisift.formats.evaluate.ItemChunk;
import io.bisift.formats.evaluate.ResultParameters;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/** Takes the output folder for the run that the element names, and cuts its input into chunks. */
final class BeginFn extends DoFn<String, ItemChunk> {
  private final ResultParameters parameters;
  private final String tool;

  BeginFn(ResultParameters parameters, String tool) {
    this.parameters = parameters;
    this.tool = tool;
  }

  @ProcessElement
  public void processElement(@Element String id, OutputReceiver<ItemChunk> out) throws IOException {
    EvaluationPlan.begin(new BeamStorage(), parameters, tool, id, out::output);
  }
}
