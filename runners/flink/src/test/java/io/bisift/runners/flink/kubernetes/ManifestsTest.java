package io.bisift.runners.flink.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.pipelines.commandline.ArgumentParser;
import io.bisift.pipelines.select.SelectOptions;
import io.bisift.pipelines.select.SelectPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"select-application.yaml", "session-cluster.yaml", "select-session-job.yaml"})
  void fitTheOperatorsDefinitions(String name) throws IOException {
    assertEquals(List.of(), CustomResourceCheck.complaints(Manifests.read(name)));
  }

  @Test
  void areHeldAgainstDefinitionsThatComplain() throws IOException {
    JsonNode manifest = Manifests.read("select-application.yaml");
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
  @ValueSource(strings = {"select-application.yaml", "select-session-job.yaml"})
  void giveThePipelineArgumentsThatItTakes(String name) throws IOException {
    JsonNode manifest = Manifests.read(name);
    JsonNode job = manifest.at("/spec/job");
    assertEquals(SelectPipeline.class.getName(), job.path("entryClass").asText());
    assertTrue(job.path("jarURI").asText().endsWith("/bisift-flink.jar"));
    SelectOptions options =
        ArgumentParser.parse(SelectOptions.class, Manifests.args(manifest).toArray(String[]::new));
    assertEquals(FlinkRunner.class, options.getRunner());
    assertEquals(0.1, options.getTopRatio());
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertTrue(flink.getFasterCopy());
    assertEquals(name.startsWith("select-application"), flink.getAttachedMode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"select-application.yaml", "session-cluster.yaml"})
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
  @ValueSource(strings = {"select-application.yaml", "session-cluster.yaml"})
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
  @ValueSource(strings = {"select-application.yaml", "session-cluster.yaml"})
  void leaveHeapToTheWork(String name) throws IOException {
    Configuration settings = Configuration.fromMap(Manifests.settings(Manifests.read(name)));
    TaskExecutorProcessSpec worker = TaskExecutorProcessUtils.processSpecFromConfig(settings);
    int slots = settings.get(TaskManagerOptions.NUM_TASK_SLOTS);
    assertTrue(worker.getTaskHeapSize().getMebiBytes() >= 512 * slots, worker::toString);
    assertTrue(worker.getNetworkMemSize().getMebiBytes() >= 256 * slots, worker::toString);
    JobManagerProcessSpec manager =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            settings, JobManagerOptions.JVM_HEAP_MEMORY);
    assertTrue(manager.getJvmHeapMemorySize().getMebiBytes() >= 512, manager::toString);
  }

  @Test
  void mountTheVolumeThatIsClaimed() throws IOException {
    String claim = Manifests.read("storage.yaml").at("/metadata/name").asText();
    for (String name : List.of("select-application.yaml", "session-cluster.yaml")) {
      assertEquals(
          claim,
          Manifests.read(name)
              .at("/spec/podTemplate/spec/volumes/0/persistentVolumeClaim/claimName")
              .asText());
    }
  }

  @Test
  void sendTheJobToTheCluster() throws IOException {
    assertEquals(
        Manifests.read("session-cluster.yaml").at("/metadata/name"),
        Manifests.read("select-session-job.yaml").at("/spec/deploymentName"));
  }
}
