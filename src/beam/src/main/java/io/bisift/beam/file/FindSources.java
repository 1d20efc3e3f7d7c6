package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Takes the output folder, then finds the sources: one list, in order. */
final class FindSources extends PTransform<PBegin, PCollection<List<SourceFile>>> {
  private final RunParameters parameters;
  private final String tool;
  private final String runId;
  private final boolean claim;

  /**
   * @param claim whether the run writes, so that it needs the output folder
   */
  FindSources(RunParameters parameters, String tool, String runId, boolean claim) {
    this.parameters = parameters;
    this.tool = tool;
    this.runId = runId;
    this.claim = claim;
  }

  @Override
  public PCollection<List<SourceFile>> expand(PBegin begin) {
    PCollection<String> start = begin.apply("Start", Create.of(runId));
    if (claim) {
      start = start.apply("ClaimOutput", ParDo.of(new ClaimFn(parameters, tool)));
    }
    return start
        .apply("Match", ParDo.of(new MatchFn(parameters.annotations())))
        .setCoder(ListCoder.of(FileCoders.SOURCE));
  }

  private static final class ClaimFn extends DoFn<String, String> {
    private final RunParameters parameters;
    private final String tool;

    ClaimFn(RunParameters parameters, String tool) {
      this.parameters = parameters;
      this.tool = tool;
    }

    @ProcessElement
    public void processElement(@Element String runId, OutputReceiver<String> out)
        throws IOException {
      new OutputFolder(new BeamStorage(), parameters.output()).claim(parameters, tool, runId);
      out.output(runId);
    }
  }

  private static final class MatchFn extends DoFn<String, List<SourceFile>> {
    private final List<String> annotations;

    MatchFn(List<String> annotations) {
      this.annotations = List.copyOf(annotations);
    }

    @ProcessElement
    public void processElement(OutputReceiver<List<SourceFile>> out) throws IOException {
      out.output(new SourceFinder(new BeamStorage()).find(annotations));
    }
  }
}
