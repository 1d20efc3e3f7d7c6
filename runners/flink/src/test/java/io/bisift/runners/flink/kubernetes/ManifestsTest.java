package io.bisift.runners.flink.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.pipelines.commandline.ArgumentParser;
import io.bisift.pipelines.select.SelectOptions;
import io.bisift.pipelines.select.SelectPipeline;
import io.bisift.pipelines.stream.StreamOptions;
import io.bisift.pipelines.stream.StreamPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  private static final String SELECT = "select-application.yaml";
  private static final String STREAM = "stream-application.yaml";
  private static final String SESSION = "session-cluster.yaml";
  private static final String SESSION_JOB = "select-session-job.yaml";

  @ParameterizedTest
  @ValueSource(strings = {SELECT, STREAM, SESSION, SESSION_JOB})
  void fitTheOperatorsDefinitions(String name) throws IOException {
    assertEquals(List.of(), CustomResourceCheck.complaints(Manifests.read(name)));
  }

  @Test
  void areHeldAgainstDefinitionsThatComplain() throws IOException {
    JsonNode manifest = Manifests.read(SELECT);
    ObjectNode job = (ObjectNode) manifest.at("/spec/job");
    job.put("paralelism", 8);
    job.put("parallelism", "8");
    job.put("upgradeMode", "sometimes");
    assertEquals(
        List.of(
            "spec.job.parallelism is no integer",
            "spec.job.upgradeMode is none of [\"last-state\",\"savepoint\",\"stateless\"]",
            "spec.job.paralelism is unknown"),
        CustomResourceCheck.complaints(manifest));
  }

  @ParameterizedTest
  @ValueSource(strings = {SELECT, SESSION_JOB})
  void giveTheSelectionArgumentsThatItTakes(String name) throws IOException {
    SelectOptions options = options(name, SelectPipeline.class, SelectOptions.class);
    assertEquals(0.1, options.getTopRatio());
  }

  @Test
  void giveTheStreamArgumentsThatItTakes() throws IOException {
    StreamOptions options = options(STREAM, StreamPipeline.class, StreamOptions.class);
    assertTrue(options.getCumulative());
    assertEquals(List.of("rollouts"), options.getTopics());
    assertEquals(10_000, options.as(FlinkPipelineOptions.class).getCheckpointingInterval());
  }

  private static <T extends PipelineOptions> T options(
      String name, Class<?> mainClass, Class<T> type) throws IOException {
    JsonNode manifest = Manifests.read(name);
    JsonNode job = manifest.at("/spec/job");
    assertEquals(mainClass.getName(), job.path("entryClass").asText());
    assertTrue(job.path("jarURI").asText().endsWith("/bisift-flink.jar"));
    T options = ArgumentParser.parse(type, Manifests.args(manifest).toArray(String[]::new));
    assertEquals(FlinkRunner.class, options.getRunner());
    assertEquals(manifest.at("/metadata/name").asText(), options.getJobName());
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertTrue(flink.getFasterCopy());
    assertFalse(flink.getAttachedMode());
    return options;
  }

  @ParameterizedTest
  @ValueSource(strings = {SELECT, STREAM, SESSION})
  void configureOneFlinkOneImageAndMetrics(String name) throws IOException {
    JsonNode spec = Manifests.read(name).path("spec");
    assertEquals("v1_19", spec.path("flinkVersion").asText());
    String dockerfile = Files.readString(Manifests.FOLDER.resolve("Dockerfile"));
    assertTrue(dockerfile.contains("ARG BASE=flink:1.19-java17"));
    assertTrue(dockerfile.contains("-t " + spec.path("image").asText() + " "));
    String port = spec.path("flinkConfiguration").path("metrics.reporter.prom.port").asText();
    assertEquals(port, spec.at("/podTemplate/spec/containers/0/ports/0/containerPort").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {SELECT, STREAM, SESSION})
  void setWhatFlinkKnows(String name) throws Exception {
    FlinkSettings flink = FlinkSettings.ofFlink();
    assertTrue(flink.size() > 400, () -> "only " + flink.size() + " options of Flink found");
    Map<String, String> settings = Manifests.settings(Manifests.read(name));
    assertEquals(List.of(), flink.complaints(settings));
    settings.put("restart-strategy.fixed-delay.atempts", "8");
    settings.put("taskmanager.numberOfTaskSlots", "two");
    assertEquals(
        Set.of(
            "restart-strategy.fixed-delay.atempts is unknown",
            "taskmanager.numberOfTaskSlots cannot be two"),
        Set.copyOf(flink.complaints(settings)));
  }

  /** By Flink's own arithmetic, which fails where the parts do not fit into the whole. */
  @ParameterizedTest
  @CsvSource({SELECT + ",256", STREAM + ",64", SESSION + ",256"})
  void leaveMemoryToTheWork(String name, int networkOfSlot) throws IOException {
    Configuration settings = Configuration.fromMap(Manifests.settings(Manifests.read(name)));
    TaskExecutorProcessSpec worker = TaskExecutorProcessUtils.processSpecFromConfig(settings);
    int slots = settings.get(TaskManagerOptions.NUM_TASK_SLOTS);
    assertTrue(worker.getTaskHeapSize().getMebiBytes() >= 512 * slots, worker::toString);
    assertTrue(
        worker.getNetworkMemSize().getMebiBytes() >= networkOfSlot * slots, worker::toString);
    JobManagerProcessSpec manager =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            settings, JobManagerOptions.JVM_HEAP_MEMORY);
    assertTrue(manager.getJvmHeapMemorySize().getMebiBytes() >= 512, manager::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {SELECT, STREAM})
  void keepWhatAnotherJobManagerNeeds(String name) throws IOException {
    Map<String, String> settings = Manifests.settings(Manifests.read(name));
    assertEquals("kubernetes", settings.get(HighAvailabilityOptions.HA_MODE.key()));
    assertTrue(settings.containsKey(HighAvailabilityOptions.HA_STORAGE_PATH.key()));
  }

  @Test
  void keepWhatAStreamGoesOnFrom() throws IOException {
    JsonNode manifest = Manifests.read(STREAM);
    assertEquals("savepoint", manifest.at("/spec/job/upgradeMode").asText());
    Map<String, String> settings = Manifests.settings(manifest);
    assertTrue(settings.containsKey(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()));
    assertTrue(settings.containsKey(CheckpointingOptions.SAVEPOINT_DIRECTORY.key()));
  }

  @ParameterizedTest
  @ValueSource(strings = {SELECT, STREAM, SESSION})
  void mountTheVolumeThatIsClaimed(String name) throws IOException {
    JsonNode manifest = Manifests.read(name);
    JsonNode pod = manifest.at("/spec/podTemplate/spec");
    assertEquals(
        Manifests.read("storage.yaml").at("/metadata/name"),
        pod.at("/volumes/0/persistentVolumeClaim/claimName"));
    String mount = pod.at("/containers/0/volumeMounts/0/mountPath").asText();
    List<String> paths =
        Stream.concat(Manifests.settings(manifest).values().stream(), values(manifest))
            .map(value -> value.replaceFirst("^file://", ""))
            .filter(value -> value.startsWith("/"))
            .toList();
    for (String path : paths) {
      assertTrue(path.startsWith(mount + "/"), path);
    }
  }

  /** Of the arguments. */
  private static Stream<String> values(JsonNode manifest) {
    return Manifests.args(manifest).stream().map(arg -> arg.substring(arg.indexOf('=') + 1));
  }

  @Test
  void sendTheJobToTheCluster() throws IOException {
    assertEquals(
        Manifests.read(SESSION).at("/metadata/name"),
        Manifests.read(SESSION_JOB).at("/spec/deploymentName"));
  }
}
