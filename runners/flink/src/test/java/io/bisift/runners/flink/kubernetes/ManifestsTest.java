package io.bisift.runners.flink.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bisift.pipelines.commandline.ArgumentParser;
import io.bisift.pipelines.select.SelectOptions;
import io.bisift.pipelines.select.SelectPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  private static final Path FOLDER = Path.of("kubernetes");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static JsonNode manifest(String name) throws IOException {
    return YAML.readTree(Files.readString(FOLDER.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"select-application.yaml", "session-cluster.yaml", "select-session-job.yaml"})
  void fitTheOperatorsDefinitions(String name) throws IOException {
    assertEquals(List.of(), CustomResourceCheck.complaints(manifest(name)));
  }

  @Test
  void areHeldAgainstDefinitionsThatComplain() throws IOException {
    JsonNode manifest = manifest("select-application.yaml");
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
    JsonNode job = manifest(name).at("/spec/job");
    assertEquals(SelectPipeline.class.getName(), job.path("entryClass").asText());
    assertTrue(job.path("jarURI").asText().endsWith("/bisift-flink.jar"));
    List<String> args = new ArrayList<>();
    job.path("args").forEach(arg -> args.add(arg.asText()));
    SelectOptions options = ArgumentParser.parse(SelectOptions.class, args.toArray(String[]::new));
    assertEquals(FlinkRunner.class, options.getRunner());
    assertEquals(0.1, options.getTopRatio());
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertTrue(flink.getFasterCopy());
    assertEquals(name.startsWith("select-application"), flink.getAttachedMode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"select-application.yaml", "session-cluster.yaml"})
  void configureOneFlinkOneImageAndMetrics(String name) throws IOException {
    JsonNode spec = manifest(name).path("spec");
    assertEquals("v1_19", spec.path("flinkVersion").asText());
    String dockerfile = Files.readString(FOLDER.resolve("Dockerfile"));
    assertTrue(dockerfile.contains("ARG BASE=flink:1.19-java17"));
    assertTrue(dockerfile.contains("-t " + spec.path("image").asText() + " "));
    String port = spec.path("flinkConfiguration").path("metrics.reporter.prom.port").asText();
    assertEquals(port, spec.at("/podTemplate/spec/containers/0/ports/0/containerPort").asText());
  }

  @Test
  void mountTheVolumeThatIsClaimed() throws IOException {
    String claim = manifest("storage.yaml").at("/metadata/name").asText();
    for (String name : List.of("select-application.yaml", "session-cluster.yaml")) {
      assertEquals(
          claim,
          manifest(name)
              .at("/spec/podTemplate/spec/volumes/0/persistentVolumeClaim/claimName")
              .asText());
    }
  }

  @Test
  void sendTheJobToTheCluster() throws IOException {
    assertEquals(
        manifest("session-cluster.yaml").at("/metadata/name"),
        manifest("select-session-job.yaml").at("/spec/deploymentName"));
  }
}
