package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.beam.coder.WireCoder;
import io.bisift.beam.file.BuildDataset;
import io.bisift.beam.stream.GrowFromFiles;
import io.bisift.beam.stream.StreamTarget;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.log.SetShape;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.testkit.gcs.GcsRuns;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.POutput;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What elements move between workers, by the coders of whatever is grouped or viewed. */
class ShuffledTypesTest {
  private static final Duration OFTEN = Duration.standardSeconds(10);

  private static Set<String> shuffledByDataset(Double ratio) {
    RunGroup group =
        RunGroup.of(GcsRuns.parameters("gs://bucket/raw", "gs://bucket/set", ratio, 2, false));
    return shuffled(BuildDataset.of(group, "bisift test", "run"));
  }

  private static <T extends POutput> Set<String> shuffled(PTransform<PBegin, T> graph) {
    Pipeline pipeline = Pipeline.create();
    pipeline.begin().apply(graph);
    Set<String> types = new TreeSet<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            PTransform<?, ?> transform = node.getTransform();
            if (transform instanceof GroupByKey
                || transform instanceof View.CreatePCollectionView
                || (transform instanceof ParDo.MultiOutput<?, ?> work
                    && DoFnSignatures.isStateful(work.getFn()))) {
              node.getInputs().values().forEach(in -> add(((PCollection<?>) in).getCoder(), types));
            }
          }
        });
    return types;
  }

  private static void add(Coder<?> coder, Set<String> types) {
    if (coder instanceof WireCoder<?> ours) {
      types.add(ours.getEncodedTypeDescriptor().getRawType().getSimpleName());
    }
    coder.getCoderArguments().forEach(part -> add(part, types));
  }

  /** Files, ranges of them, and what is known of each: none grows with the records of a range. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1})
  void selectMovesRangesAndNoRecord(double ratio) {
    assertEquals(
        Set.of(
            "SourceFile",
            "SourceRange",
            "ScannedRange",
            "SourceTotals",
            "Round",
            "CutSearch",
            "RangeTally",
            "RangeQuota",
            "RangeOutcome",
            "ShardTask",
            "WrittenShard"),
        shuffledByDataset(ratio));
  }

  /** What became of a file, beside its name. */
  @Test
  void streamMovesSetsOfFilesAndNoRecord() {
    StreamParameters parameters =
        new StreamParameters(
            StreamParameters.Mode.FILES,
            0.05,
            0.25,
            LabelRule.hard(0),
            null,
            0,
            new SetShape(null, 1 << 20, Compression.NONE),
            null);
    StreamTarget target = new StreamTarget("gs://bucket/set", parameters, "bisift test", OFTEN);
    assertEquals(
        Set.of("SourceSet"),
        shuffled(GrowFromFiles.of(List.of("gs://bucket/in/*"), OFTEN, target)));
  }

  @Test
  void convertMovesNoMore() {
    Set<String> select = shuffledByDataset(0.1);
    select.removeAll(Set.of("Round", "CutSearch"));
    assertEquals(select, shuffledByDataset(null));
  }
}
