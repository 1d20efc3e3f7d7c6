package io.bisift.beam.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.beam.BeamTest;
import io.bisift.beam.file.BuildDataset;
import io.bisift.core.UserException;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.TestRun;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline in a bucket, through Beam's file system. */
final class GcsPipelineTest {
  private static final String INPUT = "gs://bucket/in";
  private static final String OUTPUT = "gs://bucket/out";

  @TempDir Path temp;
  private FakeGcs server;
  private Path input;

  @BeforeEach
  void fillBucket() throws IOException {
    server = GcsRuns.server();
    input = Golden.unpack("edges", temp);
    server.putFolder(GcsRuns.BUCKET, "in/", input);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void run(RunParameters parameters) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner",
                    "--targetParallelism=3",
                    "--gcsEndpoint=" + server.endpoint(),
                    "--credentialFactoryClass=" + NoopCredentialFactory.class.getName())
                .create());
    pipeline.apply(
        BuildDataset.of(RunGroup.of(parameters), TestRun.TOOL, UUID.randomUUID().toString()));
    pipeline.run().waitUntilFinish();
  }

  /** What the same run makes on this machine, without Beam. */
  private Map<String, String> expected(Double ratio, int shards) throws IOException {
    Path output = temp.resolve("expected");
    RunParameters parameters =
        GcsRuns.parameters(input.toString(), output.toString(), ratio, shards, /* force= */ true);
    TestRun.run(new LocalStorage(), RunGroup.of(parameters), /* threads= */ 3);
    return OutputFiles.checksums(output);
  }

  private Map<String, String> made() {
    return GcsRuns.checksums(server, "out");
  }

  @Test
  void makesTheSetThatItMakesOnThisMachine() throws IOException {
    for (Double ratio : new Double[] {0.25, null}) {
      run(GcsRuns.parameters(INPUT, OUTPUT, ratio, 3, /* force= */ true));
      assertEquals(expected(ratio, 3), made());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void losesAndDoublesNothingWhateverFails(long seed) throws IOException {
    List<Fault> faults =
        List.of(
            Fault.status(408),
            Fault.status(429),
            Fault.status(502),
            Fault.status(504),
            Fault.KEEPS_HALF,
            Fault.CUT_REQUEST,
            Fault.LOST_ANSWER,
            Fault.CUT_ANSWER,
            Fault.SLOW_ANSWER);
    Faults random = Faults.random(seed, 0.1, faults);
    server.failing(
        call -> {
          Fault fault = random.of(call);
          // Beam gives an upload up whose piece is answered so
          return fault != null && fault.status() == 408 && call.isUpload() ? null : fault;
        });
    run(GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false));
    assertEquals(expected(0.5, 2), made());
  }

  /** The next attempt is refused, because what it asks for is done. */
  @ParameterizedTest
  @ValueSource(strings = {"run.json", "manifest.json"})
  void knowsItsOwnFileAgainWhenTheAnswerWasLost(String name) throws IOException {
    server.failing(
        Faults.first(
            2,
            Fault.LOST_ANSWER,
            call -> call.names("out/" + name) && !call.method().equals("GET")));
    run(GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false));
    assertEquals(2, server.injected(Fault.Kind.LOST_ANSWER));
    assertEquals(expected(0.5, 2), made());
  }

  @Test
  void stopsARunWhoseFolderWasTakenBeforeItsManifest() throws IOException {
    RunParameters second = GcsRuns.parameters(INPUT, OUTPUT, null, 1, false);
    boolean[] taken = {false};
    server.failing(
        call -> {
          if (call.isUpload() && call.names("out/manifest.json") && !taken[0]) {
            taken[0] = true;
            try {
              new OutputFolder(GcsRuns.storage(server), OUTPUT).claim(second, "tool", "second");
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
          return null;
        });
    Throwable lost =
        BeamTest.rootCause(
            assertThrows(
                RuntimeException.class,
                () -> run(GcsRuns.parameters(INPUT, OUTPUT, 0.5, 1, false))));
    assertTrue(taken[0]);
    assertTrue(lost instanceof UserException, () -> "" + lost);
    assertEquals(
        "another run has taken " + OUTPUT + "; this one stops, so that the two do not mix",
        lost.getMessage());
    assertFalse(made().containsKey("manifest.json"));
  }

  @Test
  void noticesWrongBytesBeforeItWrites() {
    server.failing(
        Faults.first(
            1,
            Fault.WRONG_BYTE,
            call ->
                call.isDownload()
                    && call.headers().getOrDefault("range", "").matches("bytes=[1-9].*")));
    RuntimeException failed =
        assertThrows(
            RuntimeException.class, () -> run(GcsRuns.parameters(INPUT, OUTPUT, 0.01, 2, false)));
    Throwable changed = BeamTest.rootCause(failed);
    assertTrue(changed instanceof UserException, () -> "" + changed);
    assertTrue(
        changed.getMessage().matches("gs://bucket/in/.* has the CRC32C .*, and .* was read: .*"),
        changed.getMessage());
    assertEquals(List.of("run.json"), List.copyOf(server.objects("bucket", "out/").keySet()));
  }

  @Test
  void noticesAWrongSumBeforeItWrites() {
    server.failing(Faults.all(Fault.WRONG_SUM, call -> true));
    Throwable wrong =
        BeamTest.rootCause(
            assertThrows(
                RuntimeException.class,
                () -> run(GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false))));
    assertTrue(wrong instanceof UserException, () -> "" + wrong);
    assertTrue(
        wrong.getMessage().matches("gs://bucket/in/.* has the CRC32C .*, and .* was read: .*"),
        wrong.getMessage());
    assertEquals(List.of("run.json"), List.copyOf(server.objects("bucket", "out/").keySet()));
  }

  @Test
  void takesTheHostFromBeamsEndpoint() {
    assertNull(GcsSupport.host(null));
    assertEquals("http://localhost:4443", GcsSupport.host("http://localhost:4443/storage/v1/"));
    assertThrows(UserException.class, () -> GcsSupport.host("localhost"));
  }
}
