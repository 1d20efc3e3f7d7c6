package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code bisift … --runner=DataflowRunner} against stand-ins for the service and its storage. */
class LauncherTest {
  private static final Path SAMPLE = Path.of("../../pipelines/sample/annotations");
  private static final String NO_CREDENTIALS =
      "--credential-factory-class=" + NoopCredentialFactory.class.getName();

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private FakeGcs storage;

  @BeforeEach
  void fillBucket() throws IOException {
    storage = new FakeGcs();
    storage.createBucket("bucket");
    storage.putFolder("bucket", "raw/", SAMPLE);
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  private int bisift(RunnerDefaults defaults, String... args) {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Bisift.run(new Screen(stream, stream, /* terminal= */ false), defaults, args);
  }

  private int select(FakeDataflow service, String... more) {
    String[] args = {
      "select",
      "--runner=DataflowRunner",
      "--annotations=gs://bucket/raw",
      "--output=gs://bucket/set",
      "--project=my-project",
      "--region=us-central1",
      "--gcp-temp-location=gs://bucket/temp",
      "--staging-location=gs://bucket/staging",
      "--files-to-stage=pom.xml",
      "--api-root-url=" + service.url(),
      "--gcs-endpoint=" + storage.endpoint(),
      NO_CREDENTIALS
    };
    return bisift(
        new DataflowDefaults(), Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** The set is there before the job: what a client sees is the same. */
  @Test
  void startsAJobAndTellsWhatCameOfIt() throws IOException {
    Path set = folder.resolve("set");
    String[] local = {"select", "--annotations=" + SAMPLE, "--output=" + set, "--quiet"};
    assertEquals(0, bisift(new Alone(), local), this::text);
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_DONE", "")) {
      storage.putFolder("bucket", "set/data/", set.resolve("data"));
      assertEquals(2, select(service)); // files of nobody
      assertTrue(text().contains("bisift: gs://bucket/set holds files"), text());
      assertEquals(0, service.jobs().size());
      storage.putFolder("bucket", "set/", set);
      assertEquals(0, select(service, "--force"), this::text);
      assertEquals(1, service.jobs().size());
      JsonNode job = service.jobs().get(0);
      assertTrue(job.get("name").asText().startsWith("bisift-"), job.get("name").asText());
      assertEquals(
          "my-project", job.at("/environment/sdkPipelineOptions/options/project").asText());
      assertTrue(text().contains("gs://bucket/set: done in"), text());
    }
  }

  @Test
  void saysWhyAJobFailed() throws IOException {
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_FAILED", "a worker fell over")) {
      assertEquals(1, select(service), this::text);
      assertTrue(text().contains("a worker fell over"), text());
      assertTrue(text().contains("bisift: the pipeline ended as FAILED"), text());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--annotations=/data | Dataflow's workers do not see /data; --annotations must be in a bucket,"
            + " such as gs://my-bucket/data",
        "--image-root=images | Dataflow's workers do not see images; --image-root must be in",
        "--temp-location=/tmp | Dataflow's workers do not see /tmp; --temp-location must be in",
        "--region= | Dataflow needs --region: where the job runs, for example us-central1",
        "--project= | Dataflow needs --project: the Google Cloud project",
      })
  void saysWhatIsMissing(String given, String message) {
    String[] args = {
      "select",
      "--runner=dataflow",
      "--output=gs://bucket/set",
      "--annotations=gs://bucket/raw",
      "--project=p",
      "--region=r",
      "--temp-location=gs://bucket/t",
      NO_CREDENTIALS,
      given
    };
    if (given.startsWith("--annotations")) {
      args[3] = "--quiet";
    }
    assertEquals(2, bisift(new DataflowDefaults(), args));
    assertTrue(text().contains("bisift: " + message), text());
    assertEquals(1, text().lines().count(), text());
  }

  @Test
  void needsAPlaceForTheJobsFiles() {
    String[] args = {
      "select",
      "--runner=DataflowRunner",
      "--output=gs://bucket/set",
      "--annotations=gs://bucket/raw",
      "--project=p",
      "--region=r",
      NO_CREDENTIALS
    };
    assertEquals(2, bisift(new DataflowDefaults(), args));
    assertEquals(
        "bisift: Dataflow needs --temp-location: a folder in a bucket for the job's own files\n",
        text());
  }

  /** Nothing of Beam's, nothing of Google's. */
  private static final class Alone implements RunnerDefaults {
    @Override
    public Map<String, String> of(GivenOptions given) {
      return Map.of();
    }

    @Override
    public boolean alwaysBeam() {
      return false;
    }
  }
}
