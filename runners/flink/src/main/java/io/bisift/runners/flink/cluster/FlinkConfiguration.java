package io.bisift.runners.flink.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configuration files of a local cluster, and the memory of its processes. */
final class FlinkConfiguration {
  private static final int FRAMEWORK_MEGABYTES = 128;

  /** Per slot. */
  private static final int NETWORK_MEGABYTES = 256;

  /**
   * That an exchange which blocks takes at least, of 32 KB each. A selection has a dozen of these
   * exchanges for each of its sets, and hardly anything goes through them; Flink's default is 512.
   */
  private static final int EXCHANGE_BUFFERS = 64;

  private static final int MANAGED_MEGABYTES = 128;
  private static final int METASPACE_MEGABYTES = 256;

  /** Packages with the interfaces between a job and what its cluster offers, and what they use. */
  private static final String SHARED = "io.bisift.core.;com.fasterxml.jackson.";

  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.file.ref = File
      appender.file.name = File
      appender.file.type = FILE
      appender.file.append = true
      appender.file.fileName = ${sys:log.file}
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
      """;

  private final ClusterSettings settings;

  FlinkConfiguration(ClusterSettings settings) {
    this.settings = settings;
  }

  void write(ClusterFolder folder, int restPort, int rpcPort) throws IOException {
    StringBuilder text = new StringBuilder();
    entries(folder, restPort, rpcPort)
        .forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    Files.writeString(folder.configuration().resolve("config.yaml"), text);
    Files.writeString(logging(folder), LOGGING);
  }

  Path logging(ClusterFolder folder) {
    return folder.configuration().resolve("log4j2.properties");
  }

  private Map<String, String> entries(ClusterFolder folder, int restPort, int rpcPort) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("jobmanager.rpc.address", "127.0.0.1");
    entries.put("jobmanager.rpc.port", Integer.toString(rpcPort));
    entries.put("jobmanager.bind-host", "127.0.0.1");
    entries.put("rest.address", "127.0.0.1");
    entries.put("rest.bind-address", "127.0.0.1");
    entries.put("rest.port", Integer.toString(restPort));
    entries.put("taskmanager.host", "127.0.0.1");
    entries.put("taskmanager.bind-host", "127.0.0.1");
    entries.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
    entries.put("io.tmp.dirs", quoted(folder.temporary()));
    entries.put("web.upload.dir", quoted(folder.temporary()));
    // Flink's default for batch jobs is not to start them again. One lost worker costs several
    // starts: until it is known to be gone, and one for each step whose results it kept
    entries.put("restart-strategy.type", "fixed-delay");
    entries.put("restart-strategy.fixed-delay.attempts", "8");
    entries.put("restart-strategy.fixed-delay.delay", "1 s");
    // a killed worker is noticed after two of these; Flink's default is 10 s each
    entries.put("heartbeat.interval", "1000");
    // time for a person, or a test, to start a worker in place of a lost one
    entries.put("slot.request.timeout", "120000");
    entries.put("resourcemanager.standalone.start-up-time", "600000");
    if (settings.lib() != null) {
      // what is in both that jar and a job's must be one class: the job asks, the other answers
      entries.put("classloader.parent-first-patterns.additional", "'" + SHARED + "'");
    }
    putMemory(entries);
    return entries;
  }

  /** Flink's shell scripts would work these out, and a worker does not start without them. */
  private void putMemory(Map<String, String> entries) {
    entries.put("taskmanager.cpu.cores", settings.slots() + ".0");
    entries.put("taskmanager.memory.framework.heap.size", FRAMEWORK_MEGABYTES + "m");
    entries.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_MEGABYTES + "m");
    entries.put("taskmanager.memory.task.heap.size", settings.workerMegabytes() + "m");
    entries.put("taskmanager.memory.task.off-heap.size", "0m");
    entries.put("taskmanager.memory.managed.size", managed() + "m");
    entries.put("taskmanager.memory.network.min", network() + "m");
    entries.put("taskmanager.memory.network.max", network() + "m");
    entries.put("taskmanager.network.sort-shuffle.min-buffers", Integer.toString(EXCHANGE_BUFFERS));
    entries.put("taskmanager.memory.jvm-metaspace.size", METASPACE_MEGABYTES + "m");
    entries.put("taskmanager.memory.jvm-overhead.min", "192m");
    entries.put("taskmanager.memory.jvm-overhead.max", "192m");
  }

  private int managed() {
    return MANAGED_MEGABYTES * settings.slots();
  }

  private int network() {
    return NETWORK_MEGABYTES * settings.slots();
  }

  /** The class path of every process. */
  String classPath(Path dist) {
    List<String> entries = new ArrayList<>(List.of(dist + "/lib/*", dist + "/logging/*"));
    String lib = settings.lib();
    if (lib != null) {
      entries.add(Files.isDirectory(Path.of(lib)) ? lib + "/*" : lib);
    }
    return String.join(File.pathSeparator, entries);
  }

  /** In megabytes. */
  int workerHeap() {
    return FRAMEWORK_MEGABYTES + settings.workerMegabytes();
  }

  /** In megabytes. */
  int workerDirectMemory() {
    return FRAMEWORK_MEGABYTES + network();
  }

  /** In megabytes. Every job of a session brings its own classes. */
  int metaspace() {
    return METASPACE_MEGABYTES;
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }
}
