package io.bisift.runners.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the processes of a cluster; they outlive the process that starts them. */
final class FlinkProcesses {
  private static final String JOB_MANAGER =
      "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
  private static final String WORKER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
  private static final int JOB_MANAGER_MEGABYTES = 512;

  /** Flink looks into these, and Java 17 keeps them shut. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.net",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private final ClusterFolder folder;
  private final Path dist;

  /**
   * @param dist holds Flink's jars, in lib and logging
   */
  FlinkProcesses(ClusterFolder folder, Path dist) {
    this.folder = folder;
    this.dist = dist;
  }

  ProcessId startJobManager(FlinkConfiguration configuration) throws IOException {
    return start(
        "jobmanager",
        configuration,
        List.of(
            "-Xmx" + JOB_MANAGER_MEGABYTES + "m",
            "-XX:MaxMetaspaceSize=" + configuration.metaspace() + "m"),
        JOB_MANAGER,
        List.of());
  }

  ProcessId startWorker(String name, FlinkConfiguration configuration) throws IOException {
    return start(
        name,
        configuration,
        List.of(
            "-Xmx" + configuration.workerHeap() + "m",
            "-XX:MaxDirectMemorySize=" + configuration.workerDirectMemory() + "m",
            "-XX:MaxMetaspaceSize=" + configuration.metaspace() + "m"),
        WORKER,
        List.of("-D", "taskmanager.resource-id=" + name));
  }

  private ProcessId start(
      String name,
      FlinkConfiguration configuration,
      List<String> memory,
      String mainClass,
      List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(memory);
    command.add("-XX:+UseG1GC");
    String more = System.getenv().getOrDefault("BISIFT_JAVA_OPTS", "").strip();
    if (!more.isEmpty()) {
      command.addAll(List.of(more.split(" +", -1)));
    }
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.add("-Djava.io.tmpdir=" + folder.temporary());
    command.add("-Dlog.file=" + folder.logs().resolve(name + ".log"));
    command.add("-Dlog4j.configurationFile=" + configuration.logging(folder).toUri());
    command.add("-cp");
    command.add(configuration.classPath(dist));
    command.add(mainClass);
    command.add("--configDir");
    command.add(folder.configuration().toString());
    command.addAll(options);
    File output = output(name).toFile();
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(folder.path().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    // Java opens no file whose name is not ASCII under the plain C locale
    process.environment().put("LC_ALL", System.getenv().getOrDefault("LC_ALL", "C.UTF-8"));
    return ProcessId.of(process.start().toHandle());
  }

  /** What a process printed. */
  Path output(String name) {
    return folder.logs().resolve(name + ".out");
  }

  Path log(String name) {
    return folder.logs().resolve(name + ".log");
  }
}
