package io.bisift.runners.flink.stream;

import io.bisift.runners.flink.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real Kafka broker in a process of its own, on a class path of its own. */
final class KafkaBroker implements AutoCloseable {
  private static final Path JARS = Path.of("kafka/target/lib");

  /** Clients tell all their settings, and each try to reach a broker that was killed. */
  private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

  static {
    CLIENTS.setLevel(Level.SEVERE);
  }

  private final Path folder;
  private final int port;
  private final int controllerPort;
  private Process process;

  /**
   * Starts it.
   *
   * @param folder for its files
   */
  KafkaBroker(Path folder) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.port = Ports.free();
    this.controllerPort = Ports.free();
    Files.writeString(
        settings(),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        """
            .formatted(port, controllerPort, folder.resolve("data")));
    Process format =
        java(
            "kafka.tools.StorageTool",
            "format",
            "-t",
            "AAAAAAAAAAAAAAAAAAAAAQ",
            "-c",
            "" + settings());
    if (format.waitFor() != 0) {
      throw new IOException("cannot format " + folder + ": " + log());
    }
    start();
  }

  private Path settings() {
    return folder.resolve("server.properties");
  }

  private Process java(String mainClass, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-cp", JARS + "/*", mainClass));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  /** Starts it, again after a {@link #kill}, and waits until it answers. */
  void start() throws IOException, InterruptedException {
    process = java("kafka.Kafka", settings().toString());
    while (!Ports.answers(port)) {
      if (!process.isAlive()) {
        throw new IOException("the broker ended: " + log());
      }
      Thread.sleep(100);
    }
  }

  /** As the system's out-of-memory killer would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  String servers() {
    return "127.0.0.1:" + port;
  }

  void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
