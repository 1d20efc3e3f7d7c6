package io.bisift.beam.file;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Takes the output folders, then finds the sources: one list, in order. */
final class FindSources extends PTransform<PBegin, PCollection<List<SourceFile>>> {
  private final RunGroup group;
  private final String tool;
  private final String runId;
  private final boolean claim;

  /**
   * @param claim whether the run writes, so that it needs the output folders
   */
  FindSources(RunGroup group, String tool, String runId, boolean claim) {
    this.group = group;
    this.tool = tool;
    this.runId = runId;
    this.claim = claim;
  }

  @Override
  public PCollection<List<SourceFile>> expand(PBegin begin) {
    return begin
        .apply("Start", Create.of(runId))
        .apply("ClaimAndMatch", ParDo.of(new ClaimAndMatchFn(group, tool, claim)))
        .setCoder(ListCoder.of(FileCoders.SOURCE));
  }

  private static final class ClaimAndMatchFn extends DoFn<String, List<SourceFile>> {
    private final RunGroup group;
    private final String tool;
    private final boolean claim;

    ClaimAndMatchFn(RunGroup group, String tool, boolean claim) {
      this.group = group;
      this.tool = tool;
      this.claim = claim;
    }

    @ProcessElement
    public void processElement(
        @Element String runId, PipelineOptions options, OutputReceiver<List<SourceFile>> out)
        throws IOException {
      BeamStorage storage = new BeamStorage(options);
      // a set that may be replaced is not touched before there is something to replace it with
      List<SourceFile> sources = new SourceFinder(storage).find(group.annotations());
      if (claim) {
        for (RunParameters run : group.runs()) {
          new OutputFolder(storage, run.output()).claim(run, tool, runId);
        }
      }
      out.output(sources);
    }
  }
}
