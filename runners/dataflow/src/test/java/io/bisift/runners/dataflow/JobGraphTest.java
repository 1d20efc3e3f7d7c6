package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the jobs that the main classes make for the service. */
class JobGraphTest {
  /** What every runner has, and no more: reads are impulses, work and files are ParDos'. */
  private static final Set<String> PORTABLE =
      Set.of(
          "ParallelRead",
          "ParallelDo",
          "SplittableProcessKeyed",
          "GroupByKey",
          "CombineValues",
          "CollectionToSingleton",
          "Flatten",
          "Bucket");

  /** Of those without more options, which several tests look at. */
  private static final Map<FlexTemplate, JobGraph> GRAPHS = new EnumMap<>(FlexTemplate.class);

  private static JobGraph graph(FlexTemplate template) throws IOException {
    if (!GRAPHS.containsKey(template)) {
      GRAPHS.put(template, graphWith(template));
    }
    return GRAPHS.get(template);
  }

  private static JobGraph graphWith(FlexTemplate template, String... more) throws IOException {
    Consumer<String[]> main = Mains.of(template);
    String[] own =
        switch (template) {
          case SELECT, CONVERT, STREAM -> new String[] {"--annotations=gs://bucket/raw"};
          case EVALUATE ->
              new String[] {"--annotations=gs://bucket/test.jsonl", "--checkpoint=gs://bucket/m"};
          case RERANK -> new String[] {"--candidates=gs://bucket/candidates.jsonl"};
        };
    return JobGraph.of(
        main,
        Stream.of(own, new String[] {"--output=gs://bucket/out"}, more)
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @EnumSource
  void hasNoStepThatOnlyOneRunnerKnows(FlexTemplate template) throws IOException {
    JobGraph graph = graph(template);
    assertFalse(graph.steps().isEmpty());
    for (JobGraph.Step step : graph.steps()) {
      assertTrue(PORTABLE.contains(step.kind()), step.kind() + " " + step.name());
    }
    for (String read : graph.named("ParallelRead")) {
      assertTrue(read.endsWith("/Impulse") || read.contains("/Folders/Read(CreateSource)"), read);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsAndWritesBuckets(FlexTemplate template) throws IOException {
    JsonNode options = graph(template).options();
    assertEquals("gs://bucket/out", options.get("output").asText());
    String input = template == FlexTemplate.RERANK ? "candidates" : "annotations";
    for (JsonNode path : options.get(input)) {
      assertTrue(path.asText().startsWith("gs://"), path.asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsOnJava17(FlexTemplate template) throws IOException {
    JobGraph graph = graph(template);
    int java = Runtime.version().feature();
    String image = graph.workers().get("workerHarnessContainerImage").asText();
    assertTrue(java > 17 || image.contains("java17"), image);
    assertEquals(
        template == FlexTemplate.STREAM ? "JOB_TYPE_STREAMING" : "JOB_TYPE_BATCH",
        graph.job().get("type").asText());
  }

  @Test
  void keepsTheJobsLabelsApartFromThoseOfTheSteps() throws IOException {
    JobGraph graph = graphWith(FlexTemplate.SELECT, "--labels=soft");
    assertEquals("SOFT", graph.options().get("stepLabels").asText());
    assertEquals("flex", graph.job().at("/labels/goog-dataflow-provided-template-type").asText());
  }

  /** The service moves elements between workers at these steps; ShuffledTypesTest says which. */
  @Test
  void selectsWithTheseShufflesAndNoOther() throws IOException {
    JobGraph graph = graph(FlexTemplate.SELECT);
    List<String> shuffles =
        graph.named("GroupByKey").stream()
            .map(name -> name.replaceFirst("^BuildDataset/", "").replaceFirst("^BuildSet/", ""))
            .filter(name -> !name.contains("BatchViewOverrides") && !name.contains("GBKaSV"))
            .map(name -> name.replaceFirst("/(Combine|Reshuffle|GroupByKey).*", ""))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "AddUpSources",
            "FindCuts/Narrow",
            "FindCuts/Narrow2",
            "FindCuts/Narrow3",
            "FindCuts/Narrow4",
            "ScanSources/SpreadRanges",
            "SettleRanges/SpreadSuspects",
            "Sources",
            "WriteShards/SpreadTasks"),
        shuffles);
  }

  /** Files by name; what became of each is gathered by the only step that keeps a state. */
  @Test
  void streamsWithTheseShufflesAndNoOther() throws IOException {
    JobGraph graph = graph(FlexTemplate.STREAM);
    assertEquals(
        List.of("Spread/Reshuffle/GroupByKey", "Watch/Reshuffle.ViaRandomKey/Reshuffle/GroupByKey"),
        graph.named("GroupByKey").stream()
            .map(name -> name.replaceFirst("^GrowSet/Versions/", ""))
            .sorted()
            .toList());
    for (String watch : graph.named("SplittableProcessKeyed")) {
      assertTrue(watch.startsWith("GrowSet/Versions/Watch/"), watch);
    }
    assertEquals(
        List.of("GrowSet/Versions/Publish/Gather/GroupIntoBatches/ParDo(GroupIntoBatches)"),
        graph.stateful());
  }

  /** Pulled messages are written where they are pulled; only segments of the log are moved. */
  @Test
  void pullsPubsubAndGathersOnlyWhatWasWritten() throws IOException {
    JobGraph graph =
        JobGraph.of(
            Mains.of(FlexTemplate.STREAM),
            "--pubsub=projects/my-project/subscriptions/bisift-rollouts",
            "--cumulative=true",
            "--output=gs://bucket/out");
    assertEquals("JOB_TYPE_STREAMING", graph.job().get("type").asText());
    assertEquals(
        List.of(
            "GrowSet/Versions/ReadPubsub/Pull/DataflowRunner.StreamingUnboundedRead.ReadWithIds"),
        graph.named("ParallelRead"));
    assertEquals(List.of(), graph.named("GroupByKey"));
    assertEquals(
        List.of("GrowSet/Versions/Grow/Publish/Gather/GroupIntoBatches/ParDo(GroupIntoBatches)"),
        graph.stateful());
    for (JobGraph.Step step : graph.steps()) {
      assertTrue(PORTABLE.contains(step.kind()), step.kind() + " " + step.name());
    }
  }

  /** What a template's environment adds to the options. */
  @Test
  void streamsByTheServicesEngineAndReadsAtLeastOnce() throws IOException {
    JobGraph graph =
        graphWith(
            FlexTemplate.STREAM,
            "--enableStreamingEngine=true",
            "--experiments=streaming_mode_at_least_once");
    JsonNode experiments = graph.job().at("/environment/experiments");
    Set<String> named = new TreeSet<>();
    experiments.forEach(experiment -> named.add(experiment.asText()));
    assertTrue(
        named.containsAll(
            Set.of(
                "enable_streaming_engine",
                "enable_windmill_service",
                "streaming_mode_at_least_once")),
        named::toString);
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsWorkersPrivate(FlexTemplate template) throws IOException {
    JobGraph graph =
        graphWith(
            template,
            "--usePublicIps=false",
            "--subnetwork=regions/us-central1/subnetworks/bisift",
            "--serviceAccount=worker@my-project.iam.gserviceaccount.com");
    assertEquals("WORKER_IP_PRIVATE", graph.workers().get("ipConfiguration").asText());
    assertEquals(
        "regions/us-central1/subnetworks/bisift", graph.workers().get("subnetwork").asText());
    assertEquals(
        "worker@my-project.iam.gserviceaccount.com",
        graph.job().at("/environment/serviceAccountEmail").asText());
  }

  @Test
  void passesTheWorkersOfAnEvaluationTheirGpu() throws IOException {
    JobGraph graph =
        graphWith(
            FlexTemplate.EVALUATE,
            "--experiments=use_runner_v2",
            "--dataflowServiceOptions=worker_accelerator=type:nvidia-l4;count:1;install-nvidia-driver",
            "--workerMachineType=g2-standard-8",
            "--sdkContainerImage=us-docker.pkg.dev/p/bisift/worker:1");
    assertEquals(
        "worker_accelerator=type:nvidia-l4;count:1;install-nvidia-driver",
        graph.job().at("/environment/serviceOptions/0").asText());
    assertEquals("g2-standard-8", graph.workers().get("machineType").asText());
    assertEquals(
        "us-docker.pkg.dev/p/bisift/worker:1",
        graph.workers().at("/sdkHarnessContainerImages/0/containerImage").asText());
  }
}
