package io.bisift.pipelines.gcs;

import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, whose environment names a server. */
public final class CliProcess {
  private final Process process;

  private CliProcess(Process process) {
    this.process = process;
  }

  /** Main class of the process. */
  public static void main(String[] args) {
    Cli cli = Cli.run((Object[]) args);
    System.out.print(cli.out());
    System.err.print(cli.err());
    System.exit(cli.exitCode());
  }

  static CliProcess start(FakeGcs server, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CliProcess.class.getName());
    for (Object arg : args) {
      command.add(arg.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("STORAGE_EMULATOR_HOST", server.host());
    return new CliProcess(builder.start());
  }

  /** Its outcome, once it has ended. */
  Cli await() throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Cli(process.waitFor(), out, err);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
