package io.bisift.beam.file;

import io.bisift.core.plan.SourceTotals;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.source.SourceFile;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * The whole file pipeline: reads annotation files twice, ranges with records that may be unfit to
 * be written once more, and never shuffles a record.
 *
 * <pre>
 *   sources → ranges → scan ─┬→ totals per source ────────────┐
 *                            ├→ cuts ─┐                       │
 *                            └→ tally ┴→ deal ties → settle ──┴→ plan → write shards → manifest
 * </pre>
 *
 * <p>Its output is the same bytes whatever the runner, its parallelism and the size of the ranges.
 * The manifest is written last. Bounded input; any runner.
 */
public final class BuildDataset extends PTransform<PBegin, PDone> {
  /**
   * Sets that read the same scans, each five times. The scans are handed on to further ones: Flink
   * takes 64 readers of what a step puts out.
   */
  private static final int BRANCH = 8;

  private final RunGroup group;
  private final String tool;
  private final String runId;
  private final @Nullable String report;

  private BuildDataset(RunGroup group, String tool, String runId, @Nullable String report) {
    this.group = group;
    this.tool = tool;
    this.runId = runId;
    this.report = report;
  }

  /**
   * A run that writes sets.
   *
   * @param group the sets; they share the scan
   * @param tool name and version of what makes the sets, for the manifests
   * @param runId tells this run from others that want the same folders
   */
  public static BuildDataset of(RunGroup group, String tool, String runId) {
    return new BuildDataset(group, tool, runId, null);
  }

  /**
   * The same without writing the sets.
   *
   * @param reportPath gives, with {@link #reportOf}, the files that get the planned sets' manifests
   */
  public BuildDataset asDryRun(String reportPath) {
    return new BuildDataset(group, tool, runId, reportPath);
  }

  /** The file that gets the manifest of a planned set. */
  public static String reportOf(String reportPath, int run) {
    return reportPath + "." + run;
  }

  @Override
  public PDone expand(PBegin begin) {
    PCollection<List<SourceFile>> found =
        begin.apply(
            "FindSources", new FindSources(group, tool, runId, /* claim= */ report == null));
    PCollection<KV<Integer, ScannedRange>> scans =
        found.apply("ScanSources", new ScanSources(group));
    PCollection<KV<Integer, SourceTotals>> totals =
        scans.apply("AddUpSources", Combine.perKey(new AddUpSources()));
    int runs = group.runs().size();
    for (int first = 0; first < runs; first += BRANCH) {
      String branch = first == 0 ? "" : String.valueOf(first / BRANCH + 1);
      PCollection<KV<Integer, ScannedRange>> branchScans =
          first == 0 ? scans : scans.apply("HandOnScans" + branch, HandOnFn.step());
      PCollectionView<List<SourceFile>> sources =
          found.apply("Sources" + branch, View.asSingleton());
      PCollectionView<Map<Integer, SourceTotals>> totalsBySource =
          totals.apply("TotalsBySource" + branch, View.asMap());
      for (int run = first; run < Math.min(first + BRANCH, runs); run++) {
        String name = runs == 1 ? "BuildSet" : "BuildSet" + (run + 1);
        branchScans.apply(
            name, new BuildSet(group, run, tool, runId, report, sources, totalsBySource));
      }
    }
    return PDone.in(begin.getPipeline());
  }

  private static final class HandOnFn<T> extends DoFn<T, T> {
    static <T> ParDo.SingleOutput<T, T> step() {
      return ParDo.of(new HandOnFn<>());
    }

    @ProcessElement
    public void processElement(@Element T element, OutputReceiver<T> out) {
      out.output(element);
    }
  }
}
