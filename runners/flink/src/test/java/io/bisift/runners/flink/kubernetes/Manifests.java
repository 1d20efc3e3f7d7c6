package io.bisift.runners.flink.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;

/** What the manifests say. */
final class Manifests {
  static final Path FOLDER = Path.of("kubernetes");
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private Manifests() {}

  static JsonNode read(String name) throws IOException {
    return YAML.readTree(Files.readString(FOLDER.resolve(name)));
  }

  /** The job's arguments. */
  static List<String> args(JsonNode manifest) {
    List<String> args = new ArrayList<>();
    manifest.at("/spec/job/args").forEach(arg -> args.add(arg.asText()));
    return args;
  }

  /** Flink's settings, and those that the operator makes of a deployment's resources. */
  static Map<String, String> settings(JsonNode manifest) {
    Map<String, String> settings = new LinkedHashMap<>();
    JsonNode spec = manifest.path("spec");
    spec.path("flinkConfiguration")
        .properties()
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    settings.put(
        JobManagerOptions.TOTAL_PROCESS_MEMORY.key(),
        spec.at("/jobManager/resource/memory").asText());
    settings.put(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY.key(),
        spec.at("/taskManager/resource/memory").asText());
    return settings;
  }
}
