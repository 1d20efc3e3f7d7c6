package io.bisift.runners.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.testkit.gcs.FakeGcs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;

/**
 * The job that a pipeline's main class makes for Dataflow, made as a flex template's launcher makes
 * it: the class stages its files, leaves the job at {@code --templateLocation}, and returns.
 */
record JobGraph(JsonNode job) {
  static final String BUCKET = "bucket";

  /**
   * Calls a main class.
   *
   * @param args the pipeline's own
   */
  static JobGraph of(Consumer<String[]> main, String... args) throws IOException {
    try (FakeGcs server = new FakeGcs()) {
      server.createBucket(BUCKET);
      main.accept(Stream.concat(Stream.of(args), service(server).stream()).toArray(String[]::new));
      SortedMap<String, byte[]> template = server.objects(BUCKET, "template/");
      return new JobGraph(new ObjectMapper().readTree(template.get("job.json")));
    }
  }

  private static List<String> service(FakeGcs server) {
    return List.of(
        "--runner=DataflowRunner",
        "--project=my-project",
        "--region=us-central1",
        "--gcpTempLocation=gs://bucket/temp",
        "--stagingLocation=gs://bucket/staging",
        "--templateLocation=gs://bucket/template/job.json",
        "--filesToStage=pom.xml", // its own classes would take a while
        "--labels={\"goog-dataflow-provided-template-type\":\"flex\"}",
        "--gcsEndpoint=" + server.endpoint(),
        "--credentialFactoryClass=" + NoopCredentialFactory.class.getName(),
        "--pathValidatorClass=" + NoopPathValidator.class.getName());
  }

  /** A step by the kind that the service knows, and its whole name. */
  record Step(String kind, String name, JsonNode properties) {}

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : job.get("steps")) {
      JsonNode properties = step.get("properties");
      steps.add(
          new Step(
              step.get("kind").asText(), properties.at("/user_name/value").asText(), properties));
    }
    return steps;
  }

  /** The options that the job's workers get. */
  JsonNode options() {
    return job.at("/environment/sdkPipelineOptions/options");
  }

  /** The first pool of workers. */
  JsonNode workers() {
    return job.at("/environment/workerPools/0");
  }

  /** Names of the steps of a kind, in order. */
  List<String> named(String kind) {
    return steps().stream().filter(step -> step.kind().equals(kind)).map(Step::name).toList();
  }

  /** Names of the steps that keep a state by key, to which their elements are moved. */
  List<String> stateful() {
    return steps().stream()
        .filter(step -> step.properties().has("uses_keyed_state"))
        .map(Step::name)
        .toList();
  }
}
