package io.bisift.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.log.SetShape;
import io.bisift.formats.log.SourceSet;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear in a watched folder, on this machine and in a bucket. */
@Timeout(120)
class GrowFromFilesTest {
  private static final StreamParameters PARAMETERS =
      new StreamParameters(
          StreamParameters.Mode.FILES,
          0.05,
          0.25,
          LabelRule.hard(0),
          null,
          0,
          new SetShape(2, 1 << 20, Compression.NONE),
          null);

  @TempDir Path folder;

  private static PipelineResult watch(String input, String output, String... options) {
    StreamTarget target = new StreamTarget(output, PARAMETERS, TestRun.TOOL, Duration.millis(200));
    String[] args = new String[options.length + 3];
    args[0] = "--runner=DirectRunner";
    args[1] = "--blockOnRun=false";
    args[2] = "--targetParallelism=2";
    System.arraycopy(options, 0, args, 3, options.length);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());
    pipeline.apply(GrowFromFiles.of(List.of(input + "/*"), Duration.millis(200), target));
    return pipeline.run();
  }

  private static void await(StreamFolder stream, int sources) throws Exception {
    while (stream.sets(stream.latestVersion()).size() < sources) {
      Thread.sleep(50);
    }
  }

  private Path annotations(String name, int records) throws IOException {
    Path file = folder.resolve("made").resolve(name);
    Rollouts.write(file, records);
    return file;
  }

  /** The set that select makes of one file. */
  private Path selected(Path file) throws IOException {
    Path output = folder.resolve("selected-" + file.getFileName());
    TestRun.run(
        new LocalStorage(),
        RunGroup.of(
            GcsRuns.parameters(file.toString(), output.toString(), 0.25, 2, /* force= */ true)),
        /* threads= */ 2);
    return output;
  }

  @Test
  void makesOfEachFileWhatSelectMakesOfIt() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    Path output = folder.resolve("out");
    Path first = annotations("one.jsonl", 100);
    Path second = annotations("two.jsonl", 70);
    StreamFolder stream = new StreamFolder(new LocalStorage(), output.toString());
    PipelineResult running = watch(input.toString(), output.toString());
    try {
      Files.writeString(input.resolve("notes.txt"), "no source");
      Files.move(copy(first), input.resolve("one.jsonl"), StandardCopyOption.ATOMIC_MOVE);
      await(stream, 1);
      Files.move(copy(second), input.resolve("two.jsonl"), StandardCopyOption.ATOMIC_MOVE);
      await(stream, 2);
    } finally {
      running.cancel();
    }
    assertEquals(2, stream.latestVersion());
    assertEquals(1, stream.sets(1).size()); // the first version stays what it was
    assertEquals(170, stream.manifest(2).totals().records());
    for (Path file : List.of(first, second)) {
      assertEquals(
          OutputFiles.checksums(selected(file)),
          OutputFiles.checksums(output.resolve("sources").resolve(file.getFileName())));
    }
    // another run knows what there is
    Path third = annotations("three.jsonl", 30);
    Files.copy(third, input.resolve("three.jsonl"));
    PipelineResult again = watch(input.toString(), output.toString());
    try {
      await(stream, 3);
    } finally {
      again.cancel();
    }
    assertEquals(3, stream.latestVersion());
    assertEquals(200, stream.manifest(3).totals().records());
  }

  private Path copy(Path file) throws IOException {
    return Files.copy(file, file.resolveSibling(file.getFileName() + ".copy"));
  }

  @Test
  void watchesABucket() throws Exception {
    Path file = annotations("one.jsonl", 100);
    try (FakeGcs server = GcsRuns.server()) {
      Storage storage = GcsRuns.storage(server);
      StreamFolder stream = new StreamFolder(storage, "gs://bucket/out");
      PipelineResult running =
          watch(
              "gs://bucket/in",
              "gs://bucket/out",
              "--gcsEndpoint=" + server.endpoint(),
              "--credentialFactoryClass=" + NoopCredentialFactory.class.getName());
      try {
        server.put(GcsRuns.BUCKET, "in/one.jsonl", Files.readAllBytes(file));
        await(stream, 1);
      } finally {
        running.cancel();
      }
      List<SourceSet> sets = stream.sets(1);
      assertEquals("one.jsonl", sets.get(0).source());
      assertEquals(
          OutputFiles.checksums(selected(file)),
          GcsRuns.checksums(server, "out/sources/one.jsonl"));
      assertTrue(
          new TreeSet<>(server.objects(GcsRuns.BUCKET, "out/").keySet())
              .contains("manifests/0000000001.json"));
    }
  }
}
