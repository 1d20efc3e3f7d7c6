package io.bisift.beam.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.beam.BeamTest;
import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildDatasetTest {
  private static final long[] CHUNKS = {1 << 10, 64 << 10, 64 << 20};
  private static final int[] SHARDS = {1, 3, 8};

  @TempDir Path folder;

  @Test
  void selectsWhatTheReferenceSelects() throws IOException {
    for (String corpus : List.of("clean", "edges")) {
      String input = Golden.unpack(corpus, folder).toString();
      for (int i = 0; i < Golden.SELECTIONS.size(); i++) {
        Golden.Selection selection = Golden.SELECTIONS.get(i);
        Path output = folder.resolve(corpus + i);
        // every shard count meets every chunk size over the two corpora; small chunks are slow
        long chunk = corpus.equals("edges") ? CHUNKS[i % 3] : CHUNKS[1 + i % 2];
        DatasetRuns.run(
            DatasetRuns.select(
                input,
                output.toString(),
                selection.ratio(),
                selection.alpha(),
                SHARDS[(i + i / 3) % 3],
                chunk),
            i % 2 == 0 ? 1 : 4);

        assertEquals(
            Golden.sha256(selection.expected(corpus)),
            DatasetRuns.dataSha256(output),
            selection.expected(corpus));
      }
    }
  }

  @Test
  void convertsWhatTheReferenceConverts() throws IOException {
    String input = Golden.archive("clean", folder).toString();
    Path hard = folder.resolve("hard");
    Path soft = folder.resolve("soft");
    DatasetRuns.run(DatasetRuns.convert(input, hard.toString(), LabelRule.hard(0), 8, 64 << 20), 4);
    DatasetRuns.run(DatasetRuns.convert(input, soft.toString(), LabelRule.soft(), 3, 64 << 20), 2);

    assertEquals(Golden.sha256("clean_all_hard.jsonl"), DatasetRuns.dataSha256(hard));
    assertEquals(Golden.sha256("clean_all_soft.jsonl"), DatasetRuns.dataSha256(soft));
  }

  @Test
  void writesTheSameFilesWhateverTheChunksAndTheParallelism() throws IOException {
    String input = Golden.unpack("edges", folder).toString();
    SortedMap<String, String> first = null;
    for (int parallelism : new int[] {1, 4}) {
      for (long chunk : CHUNKS) {
        Path output = folder.resolve(parallelism + "-" + chunk);
        DatasetRuns.run(
            DatasetRuns.select(input, output.toString(), 0.333, 0.05, 3, chunk), parallelism);
        SortedMap<String, String> files = DatasetRuns.files(output);
        first = first == null ? files : first;
        assertEquals(first.keySet(), files.keySet());
        for (String name : files.keySet()) {
          assertEquals(first.get(name), files.get(name), name);
        }
      }
    }
  }

  @Test
  void keepsEveryGoodLineOfPoisonAndSaysWhyOthersAreRejected() throws IOException {
    String input = Golden.unpack("poison", folder).toString();
    Path output = folder.resolve("out");
    DatasetRuns.run(DatasetRuns.convert(input, output.toString(), LabelRule.soft(), 1, 1 << 20), 2);

    Manifest manifest =
        Json.parse(Files.readString(output.resolve("manifest.json")), Manifest.class);
    assertEquals(
        List.of(20L, 3L, 4L, 2L),
        manifest.sources().stream().map(source -> source.counts().written()).toList());
    for (Manifest.Source source : manifest.sources()) {
      Manifest.Counts counts = source.counts();
      assertEquals(counts.lines(), counts.blank() + counts.rejected() + counts.usable());
      assertEquals(counts.usable(), counts.written() + counts.notKept());
    }
    List<String> rejected =
        Files.readAllLines(output.resolve("rejected/part-00000-of-00001.jsonl"));
    assertEquals(manifest.totals().rejected(), rejected.size());
    assertTrue(rejected.stream().noneMatch(line -> line.contains("\"reason\": \"\"")));
  }

  @Test
  void dryRunPlansAndWritesNothing() throws IOException {
    String input = Golden.unpack("edges", folder).toString();
    Path output = folder.resolve("out");
    Path report = folder.resolve("report.json");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    pipeline.apply(
        BuildDataset.of(
                RunGroup.of(DatasetRuns.select(input, output.toString(), 0.25, 0.05, 3, 1 << 20)),
                "t",
                "id")
            .asDryRun(report.toString()));
    pipeline.run().waitUntilFinish();

    assertFalse(Files.exists(output));
    Manifest plan =
        Json.parse(
            Files.readString(Path.of(BuildDataset.reportOf(report.toString(), 0))), Manifest.class);
    assertEquals(72, plan.totals().written());
    assertEquals(9, plan.sources().get(0).cut().tiesKept());
  }

  @Test
  void refusesAFolderWithACompleteSetInsideTheGraph() throws IOException {
    String input = Golden.unpack("poison", folder).toString();
    Path output = folder.resolve("out");
    DatasetRuns.run(DatasetRuns.convert(input, output.toString(), LabelRule.soft(), 1, 1 << 20), 2);
    SortedMap<String, String> before = DatasetRuns.files(output);

    Throwable refused =
        BeamTest.rootCause(
            assertThrows(
                Pipeline.PipelineExecutionException.class,
                () ->
                    DatasetRuns.run(
                        DatasetRuns.convert(
                            input, output.toString(), LabelRule.hard(0), 1, 1 << 20),
                        2)));
    assertEquals(UserException.class, refused.getClass());
    assertTrue(refused.getMessage().contains("--force"), refused.getMessage());
    assertEquals(before, DatasetRuns.files(output));
  }

  /** Flink's bound; with more its optimizer gives up. */
  @Test
  void nothingIsReadByMoreThan64StepsHoweverManySetsThereAre() {
    List<RunParameters> runs =
        IntStream.range(0, 100)
            .mapToObj(i -> DatasetRuns.select("in", "out" + i, 0.1, i / 100.0, 1, 1 << 20))
            .toList();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(BuildDataset.of(new RunGroup(runs), "bisift test", "run"));
    Map<PValue, Integer> readers = new HashMap<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            node.getInputs().values().forEach(input -> readers.merge(input, 1, Integer::sum));
          }
        });
    assertTrue(readers.size() > 100 * 20, () -> "only " + readers.size() + " collections");
    assertTrue(Collections.max(readers.values()) <= 64, readers.values()::toString);
  }
}
