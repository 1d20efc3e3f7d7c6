package io.bisift.runners.flink.kubernetes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Flink installation laid out as in the image of the manifests, and processes of it. */
final class FlinkHome implements AutoCloseable {
  private static final Path JAR = Path.of("target/bisift-flink.jar").toAbsolutePath();
  private static final Path DIST = Path.of("dist/target").toAbsolutePath();

  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = Console
      appender.console.name = Console
      appender.console.type = CONSOLE
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c %x - %m%n
      """;

  private final Path folder;
  private final List<Process> started = new ArrayList<>();

  /**
   * Lays it out.
   *
   * @param folder is made
   */
  FlinkHome(Path folder) throws IOException {
    this.folder = folder;
    for (Path part : List.of(folder.resolve("usrlib"), configuration(), temporary(), log())) {
      Files.createDirectories(part);
    }
    Files.copy(JAR, folder.resolve("usrlib/bisift-flink.jar"));
    Files.writeString(configuration().resolve("log4j2.properties"), LOGGING);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close)); // of a test that is given up
  }

  Path configuration() {
    return folder.resolve("conf");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  private Path log() {
    return folder.resolve("log");
  }

  /**
   * Starts a process of it.
   *
   * @param name of its log
   * @param words options of Java, main class, and its arguments
   */
  Process start(String name, List<String> words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // short lives: the second compiler costs more
    command.add("-Djava.io.tmpdir=" + temporary());
    command.add("-Dlog4j.configurationFile=" + configuration().resolve("log4j2.properties"));
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator, DIST + "/lib/*", DIST + "/logging/*", DIST + "/application/*"));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temporary().toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(log().resolve(name + ".log").toFile()));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("FLINK_LIB_DIR", folder.resolve("lib").toString()); // beside usrlib
    builder.environment().put("FLINK_PLUGINS_DIR", DIST.resolve("plugins").toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** What a process has logged at last. */
  String logged(String name) throws IOException {
    List<String> lines = Files.readAllLines(log().resolve(name + ".log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 50), lines.size()));
  }

  /** Ends all processes. */
  @Override
  public void close() {
    started.forEach(Process::destroy);
    for (Process process : started) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
