package io.bisift.runners.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bisift.trainer.command.Train;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

class ManifestsTest {
  private static final Path FOLDER = Path.of("kubernetes");
  private static final String PAPER = "paper.yaml";

  /** Takes no field that Kubernetes does not know; its classes would keep them aside. */
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return Boolean.FALSE;
                }
              })
          .build();

  @TempDir Path temp;

  private static List<JsonNode> documents(String name) throws IOException {
    try (MappingIterator<JsonNode> all =
        YAML.readerFor(JsonNode.class).readValues(FOLDER.resolve(name).toFile())) {
      return all.readAll();
    }
  }

  private static <T> T as(Class<T> type, JsonNode document) throws JsonProcessingException {
    assertEquals(type.getSimpleName(), document.path("kind").asText());
    return YAML.treeToValue(document, type);
  }

  private static Job job(String name) throws IOException {
    List<JsonNode> documents = documents(name);
    assertEquals(1, documents.size());
    assertEquals("batch/v1", documents.get(0).path("apiVersion").asText());
    return as(Job.class, documents.get(0));
  }

  private static PodSpec pod(String name) throws IOException {
    return job(name).getSpec().getTemplate().getSpec();
  }

  private static Container trainer(PodSpec pod) {
    assertEquals(1, pod.getContainers().size());
    return pod.getContainers().get(0);
  }

  private static String paper() throws IOException {
    return Files.readString(Path.of("../../src/trainer/config", PAPER));
  }

  /** What the trainer makes of a job's arguments, with the settings file of the config map. */
  private ParseResult parse(Container container) throws IOException {
    List<String> args = new ArrayList<>(container.getArgs());
    assertEquals("train", args.remove(0));
    Path file = temp.resolve(PAPER);
    Files.writeString(
        file, as(ConfigMap.class, documents("settings.yaml").get(0)).getData().get(PAPER));
    args.replaceAll(arg -> arg.equals("--config=/config/" + PAPER) ? "--config=" + file : arg);
    return Train.parse(args.toArray(String[]::new)).subcommand();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml", "train-cpu.yaml"})
  void giveTheTrainerOptionsThatItTakes(String name) throws IOException {
    PodSpec pod = pod(name);
    Container container = trainer(pod);
    ParseResult fit = parse(container);
    assertEquals("fit", fit.commandSpec().name());
    int port = fit.matchedOptionValue("--status-port", 0);
    assertEquals(
        List.of(port), container.getPorts().stream().map(p -> p.getContainerPort()).toList());
    Set<String> mounts =
        container.getVolumeMounts().stream()
            .map(VolumeMount::getMountPath)
            .collect(Collectors.toSet());
    for (String option : List.of("--model", "--output", "--train", "--image-root")) {
      String path = fit.matchedOptionValue(option, "");
      assertTrue(
          path.startsWith("gs://") || mounts.stream().anyMatch(m -> path.startsWith(m + "/")),
          () -> option + " " + path + " lies in no volume");
    }
    Container wrong = trainer(pod(name));
    wrong.getArgs().add("--no-such-option=1");
    assertThrows(UnmatchedArgumentException.class, () -> parse(wrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml"})
  void askForTheGpusThatAreUsed(String name) throws IOException {
    Container container = trainer(pod(name));
    String devices = parse(container).matchedOptionValue("--devices", "");
    int gpus = name.equals("train-8b.yaml") ? 4 : 1;
    assertEquals(gpus, devices.split(",").length);
    assertEquals(
        new Quantity("" + gpus), container.getResources().getLimits().get("nvidia.com/gpu"));
    assertTrue(pod(name).getNodeSelector().containsKey("cloud.google.com/gke-accelerator"));
    assertEquals("nvidia.com/gpu", pod(name).getTolerations().get(0).getKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml", "train-cpu.yaml"})
  void goOnFromTheLastCheckpoint(String name) throws IOException {
    Job job = job(name);
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    assertTrue(job.getSpec().getBackoffLimit() > 0);
    assertEquals("Never", pod.getRestartPolicy()); // or Kubernetes refuses the failure policy
    Map<String, PodFailurePolicyRule> rules =
        job.getSpec().getPodFailurePolicy().getRules().stream()
            .collect(Collectors.toMap(PodFailurePolicyRule::getAction, rule -> rule));
    assertEquals(Set.of("FailJob", "Ignore"), rules.keySet());
    assertEquals(List.of(2), rules.get("FailJob").getOnExitCodes().getValues());
    assertEquals(trainer(pod).getName(), rules.get("FailJob").getOnExitCodes().getContainerName());
    assertEquals("DisruptionTarget", rules.get("Ignore").getOnPodConditions().get(0).getType());
    assertEquals(30 * 60, pod.getTerminationGracePeriodSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml", "train-cpu.yaml"})
  void endRunsThatHang(String name) throws IOException {
    Container container = trainer(pod(name));
    Probe alive = container.getLivenessProbe();
    assertEquals("/healthz", alive.getHttpGet().getPath());
    assertEquals("/readyz", container.getStartupProbe().getHttpGet().getPath());
    String port = container.getPorts().get(0).getName();
    assertEquals(port, alive.getHttpGet().getPort().getStrVal());
    assertEquals(port, container.getStartupProbe().getHttpGet().getPort().getStrVal());
    assertTrue(
        alive.getTerminationGracePeriodSeconds() < pod(name).getTerminationGracePeriodSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml", "train-cpu.yaml"})
  void fitTheImage(String name) throws IOException {
    PodSpec pod = pod(name);
    Container container = trainer(pod);
    String dockerfile = Files.readString(Path.of("Dockerfile"));
    assertTrue(dockerfile.contains("-t " + container.getImage() + " "), container.getImage());
    assertTrue(
        dockerfile.contains(
            "USER "
                + pod.getSecurityContext().getRunAsUser()
                + ":"
                + pod.getSecurityContext().getRunAsGroup()));
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    Set<String> written =
        container.getVolumeMounts().stream()
            .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
            .map(VolumeMount::getMountPath)
            .collect(Collectors.toSet());
    assertEquals(Set.of("/runs", "/tmp"), written);
    assertEquals(
        pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet()),
        container.getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train-8b.yaml", "train-1b.yaml"})
  void findSettingsAccountAndDisk(String name) throws IOException {
    PodSpec pod = pod(name);
    List<JsonNode> storage = documents("storage.yaml");
    ServiceAccount account = as(ServiceAccount.class, storage.get(0));
    PersistentVolumeClaim disk = as(PersistentVolumeClaim.class, storage.get(1));
    assertEquals(2, storage.size());
    assertEquals(account.getMetadata().getName(), pod.getServiceAccountName());
    assertTrue(
        account.getMetadata().getAnnotations().containsKey("iam.gke.io/gcp-service-account"));
    Map<String, Volume> volumes =
        pod.getVolumes().stream().collect(Collectors.toMap(Volume::getName, volume -> volume));
    assertEquals(
        disk.getMetadata().getName(),
        volumes.get("runs").getPersistentVolumeClaim().getClaimName());
    ConfigMap settings = as(ConfigMap.class, documents("settings.yaml").get(0));
    assertEquals(
        settings.getMetadata().getName(), volumes.get("settings").getConfigMap().getName());
    assertEquals("gcsfuse.csi.storage.gke.io", volumes.get("bucket").getCsi().getDriver());
    assertEquals(
        "true",
        job(name)
            .getSpec()
            .getTemplate()
            .getMetadata()
            .getAnnotations()
            .get("gke-gcsfuse/volumes"));
  }

  @Test
  void shipThePapersSettings() throws IOException {
    ConfigMap settings = as(ConfigMap.class, documents("settings.yaml").get(0));
    assertEquals(Map.of(PAPER, paper()), settings.getData());
    ParseResult fit = parse(trainer(pod("train-8b.yaml")));
    assertEquals(1e-5, (double) fit.commandSpec().findOption("--learning-rate").getValue());
    assertEquals(512, (int) fit.commandSpec().findOption("--global-batch").getValue());
    assertEquals(1, (int) fit.commandSpec().findOption("--micro-batch").getValue());
  }

  @Test
  void areHeldAgainstClassesThatKnowNoOtherField() throws IOException {
    ObjectNode job = (ObjectNode) documents("train-8b.yaml").get(0);
    ((ObjectNode) job.at("/spec")).put("backofLimit", 1);
    assertThrows(UnrecognizedPropertyException.class, () -> as(Job.class, job));
    ((ObjectNode) job.at("/spec")).remove("backofLimit");
    ((ObjectNode) job.at("/spec/template/spec/containers/0")).put("arg", "x");
    assertThrows(UnrecognizedPropertyException.class, () -> as(Job.class, job));
    assertFalse(documents("train-8b.yaml").isEmpty());
  }
}
