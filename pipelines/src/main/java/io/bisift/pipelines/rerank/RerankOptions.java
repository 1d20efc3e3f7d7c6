package io.bisift.pipelines.rerank;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ResultOptions;
import io.bisift.pipelines.options.ScorerOptions;
import io.bisift.pipelines.options.ValueName;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** The options of {@code rerank}. */
@Heading("Candidates")
public interface RerankOptions extends ScorerOptions, ResultOptions {
  @Description(
      "Candidates, JSON lines, several of each problem: {\"problem\": \"17\", \"answer\": \"42\","
          + " \"correct\": true, \"scores\": [0.9, 0.7]}; with --checkpoint question, steps and"
          + " image instead of scores. Files, folders or globs")
  @Validation.Required
  @ValueName("PATH...")
  List<String> getCandidates();

  void setCandidates(List<String> candidates);
}
