package io.bisift.runners.flink.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;

/** The settings of a manifest's cluster. */
final class DeploymentSettings {
  private static final String LOOPBACK = "127.0.0.1";

  private final Map<String, String> settings;
  private final String name;

  /**
   * As the operator hands them to Flink.
   *
   * @param here what is called otherwise on this machine
   */
  DeploymentSettings(JsonNode manifest, UnaryOperator<String> here) {
    settings = Manifests.settings(manifest);
    name = manifest.at("/metadata/name").asText();
    settings.replaceAll((key, value) -> here.apply(value));
    settings.put("pipeline.name", name);
    settings.put("execution.shutdown-on-application-finish", "false");
    settings.put("execution.submit-failed-job-on-application-error", "true");
    settings.put(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    settings.put("job-result-store.delete-on-commit", "false");
  }

  /** How much is worked on at once. */
  void parallelism(int parallelism) {
    settings.put("parallelism.default", Integer.toString(parallelism));
  }

  /** Where there is no Kubernetes, which tells processes of each other. */
  void withoutKubernetes(ZooKeeper zooKeeper, int restPort, Path temporary) {
    for (String host :
        new String[] {
          "jobmanager.rpc.address",
          "jobmanager.bind-host",
          "rest.address",
          "rest.bind-address",
          "taskmanager.host",
          "taskmanager.bind-host"
        }) {
      settings.put(host, LOOPBACK);
    }
    settings.put("rest.port", Integer.toString(restPort));
    settings.put("high-availability.type", "zookeeper");
    settings.put("high-availability.cluster-id", name);
    settings.put("high-availability.zookeeper.quorum", zooKeeper.quorum());
    // until then a JobManager that was killed is believed to live
    settings.put("high-availability.zookeeper.client.session-timeout", "10000"); // ms
    settings.put("io.tmp.dirs", temporary.toString());
  }

  int slotsOfWorker() {
    return Integer.parseInt(settings.get("taskmanager.numberOfTaskSlots"));
  }

  Configuration toFlink() {
    return Configuration.fromMap(settings);
  }

  /** Writes the file that Flink reads. */
  void write(Path configuration) throws IOException {
    Files.writeString(
        configuration.resolve("config.yaml"), new YAMLMapper().writeValueAsString(settings));
  }
}
