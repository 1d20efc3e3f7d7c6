package io.bisift.runners.flink.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.runners.flink.Ports;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The cluster for one job that a manifest describes, out of processes in the place of pods: with
 * the manifest's settings, memory, main class and arguments, and ZooKeeper in the place of
 * Kubernetes.
 */
public final class ApplicationCluster implements AutoCloseable {
  private static final String JOB_MANAGER =
      "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint";
  private static final String WORKER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonNode manifest;
  private final Map<String, String> elsewhere;
  private final FlinkHome home;
  private final Configuration settings;
  private final FlinkRest rest;
  private final List<Integer> metricsPorts = new ArrayList<>();
  private Process jobManager;

  /**
   * Starts it, and does not wait for it.
   *
   * @param folder for the cluster's files
   * @param name of the manifest
   * @param workers how many; the job takes all their slots, whatever the manifest says
   * @param elsewhere what this machine has in the place of things that the manifest names
   */
  public ApplicationCluster(Path folder, String name, int workers, Map<String, String> elsewhere)
      throws IOException, InterruptedException {
    this.manifest = Manifests.read(name);
    this.elsewhere = elsewhere;
    this.home = new FlinkHome(folder.resolve("flink"));
    try {
      DeploymentSettings deployment = new DeploymentSettings(manifest, this::here);
      deployment.parallelism(workers * deployment.slotsOfWorker());
      int port = Ports.free();
      ZooKeeper zooKeeper = new ZooKeeper(home, folder.resolve("zookeeper"));
      deployment.withoutKubernetes(zooKeeper, port, home.temporary());
      deployment.write(home.configuration());
      this.settings = deployment.toFlink();
      this.rest = FlinkRest.at("127.0.0.1:" + port);
      startJobManager();
      for (int i = 1; i <= workers; i++) {
        startWorker("worker-" + i);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      home.close();
      throw e;
    }
  }

  /** What stands in the manifest, as it is called on this machine. */
  private String here(String value) {
    String here = value;
    for (Map.Entry<String, String> one : elsewhere.entrySet()) {
      here = here.replace(one.getKey(), one.getValue());
    }
    return here;
  }

  /** Starts a JobManager, again after a {@link #killJobManager}. */
  public void startJobManager() throws IOException {
    JobManagerProcessSpec memory =
        JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
            settings, JobManagerOptions.JVM_HEAP_MEMORY);
    List<String> arguments = words(JobManagerProcessUtils.generateDynamicConfigsStr(memory));
    arguments.addAll(List.of("--job-classname", manifest.at("/spec/job/entryClass").asText()));
    Manifests.args(manifest).forEach(arg -> arguments.add(here(arg)));
    jobManager =
        start(
            "jobmanager",
            JobManagerProcessUtils.generateJvmParametersStr(memory, settings),
            JOB_MANAGER,
            arguments);
  }

  private void startWorker(String name) throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);
    List<String> arguments = words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    start(name, ProcessMemoryUtils.generateJvmParametersStr(memory), WORKER, arguments);
  }

  private Process start(String name, String memory, String mainClass, List<String> arguments)
      throws IOException {
    int metricsPort = Ports.free(); // one machine has this port once
    metricsPorts.add(metricsPort);
    List<String> all = words(memory);
    all.addAll(words(settings.get(CoreOptions.FLINK_JVM_OPTIONS)));
    all.add(mainClass);
    all.addAll(List.of("--configDir", home.configuration().toString()));
    all.addAll(List.of("-D", "metrics.reporter.prom.port=" + metricsPort));
    all.addAll(arguments);
    return home.start(name, all);
  }

  private static List<String> words(String text) {
    return new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
  }

  /** As the system's out-of-memory killer would: kill -9. */
  public void killJobManager() throws InterruptedException {
    jobManager.destroyForcibly().waitFor();
  }

  public FlinkRest rest() {
    return rest;
  }

  /** Waits until the JobManager has the job, and returns its id. */
  public String awaitJob() throws IOException, InterruptedException {
    String name = manifest.at("/metadata/name").asText();
    Optional<String> job = Optional.empty();
    while (job.isEmpty()) {
      if (!jobManager.isAlive()) {
        throw new IOException("the JobManager ended: " + home.logged("jobmanager"));
      }
      Thread.sleep(100);
      job = rest.answers() ? rest.job(name) : job;
    }
    return job.get();
  }

  /** What Prometheus would find at all processes that run. */
  public String metrics() throws InterruptedException {
    StringBuilder metrics = new StringBuilder();
    for (int port : metricsPorts) {
      URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
      try {
        metrics.append(
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
      } catch (IOException e) {
        // it was killed
      }
    }
    return metrics.toString();
  }

  @Override
  public void close() {
    home.close();
  }
}
