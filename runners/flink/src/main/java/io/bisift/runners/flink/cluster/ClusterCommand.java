package io.bisift.runners.flink.cluster;

import io.bisift.core.UserException;
import io.bisift.core.message.ErrorLine;
import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.ErrorReport;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.runners.flink.rest.ClusterOverview;
import io.bisift.runners.flink.rest.FlinkRest;
import io.bisift.runners.flink.rest.JobStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code runners/flink/cluster COMMAND}: a Flink cluster on this machine. */
public final class ClusterCommand {
  private static final String HELP =
      """
      A Flink cluster on this machine: a JobManager and workers (TaskManagers), each a process.

        runners/flink/cluster start [--workers N] [--slots N] [--port P] [--worker-memory MB]
                                    [--model] [--lib PATH]
        runners/flink/cluster submit select|convert|evaluate|rerank [options of the pipeline]
        runners/flink/cluster add-worker
        runners/flink/cluster status
        runners/flink/cluster stop

      start       2 workers that share the cores, 1024 MB of heap each, REST on a free port
                  --model: the reward model and libtorch lie in every process, as in Flink's lib
                  folder, so that evaluate and rerank can score with --checkpoint;
                  --lib: any other jar, or folder of jars
      submit      hands the jar to the cluster over REST, waits, and says where the output is
      add-worker  one more worker, for example in place of one that was lost
      stop        ends every process; logs stay in the work folder

      BISIFT_JAVA_OPTS adds options for the Java of JobManager and workers.
      The work folder is runners/flink/target/cluster, or what BISIFT_FLINK_CLUSTER names.
      Exit codes: 0 done, 1 failed, 2 the command line is wrong.\
      """;

  private final Screen screen;
  private final LocalCluster cluster;
  private final Path jar;

  /**
   * @param jar what is submitted
   */
  ClusterCommand(Screen screen, LocalCluster cluster, Path jar) {
    this.screen = screen;
    this.cluster = cluster;
    this.jar = jar;
  }

  /** The script passes folders as system properties. */
  public static void main(String[] args) {
    Screen screen = Screen.ofProcess();
    LocalCluster cluster =
        new LocalCluster(
            Path.of(System.getProperty("bisift.flink.cluster")),
            Path.of(System.getProperty("bisift.flink.dist")));
    Path jar = Path.of(System.getProperty("bisift.flink.jar"));
    System.exit(new ClusterCommand(screen, cluster, jar).run(List.of(args)));
  }

  /** Does what the arguments say; what goes wrong is printed. Returns the exit code. */
  int run(List<String> args) {
    try {
      return dispatch(args);
    } catch (IOException | RuntimeException e) {
      screen.note(ErrorReport.message(e, ErrorLine.isTraceWanted()));
      return ErrorReport.exitCode(e);
    }
  }

  private int dispatch(List<String> args) throws IOException {
    String command = args.isEmpty() ? "" : args.get(0);
    List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
    switch (command) {
      case "" -> {
        screen.note(HELP);
        return ExitCode.USAGE;
      }
      case "--help", "-h", "help" -> screen.result(HELP);
      case "start" -> start(StartOptions.parse(rest));
      case "submit" -> {
        return submit(rest);
      }
      case "add-worker" -> {
        requireNothing(command, rest);
        screen.result(cluster.addWorker() + " has joined the cluster");
      }
      case "status" -> {
        requireNothing(command, rest);
        return status();
      }
      case "stop" -> {
        requireNothing(command, rest);
        screen.result(cluster.stop() ? "stopped" : "no cluster was running");
      }
      default ->
          throw UserException.usage(
              "unknown command '" + command + "'; runners/flink/cluster --help lists them");
    }
    return ExitCode.OK;
  }

  private static void requireNothing(String command, List<String> rest) {
    if (!rest.isEmpty()) {
      throw UserException.usage(command + " takes no arguments, was given " + rest.get(0));
    }
  }

  private void start(ClusterSettings settings) throws IOException {
    FlinkRest rest = cluster.start(settings);
    ClusterOverview overview = rest.overview();
    screen.result(
        String.format(
            Locale.ROOT,
            "Flink %s runs at %s with %d workers and %d slots; logs are in %s",
            overview.flinkVersion(),
            rest.url(),
            overview.workers(),
            overview.slots(),
            cluster.logs()));
  }

  private int submit(List<String> args) throws IOException {
    if (args.isEmpty() || args.get(0).startsWith("-")) {
      throw UserException.usage(
          "say what to submit: select, convert, evaluate or rerank, then its options");
    }
    String pipeline = args.get(0);
    if (args.contains("--help") || args.contains("-h")) {
      return Bisift.run(screen, RunnerDefaults.NONE, pipeline, "--help");
    }
    FlinkRest rest = cluster.rest();
    Submission submission = new Submission(rest, jar);
    long start = System.nanoTime();
    String job = submission.start(pipeline, args.subList(1, args.size()));
    screen.note("job " + job + " at " + rest.url());
    JobStatus end = submission.await(job, screen);
    if (!end.succeeded()) {
      throw UserException.failure(
          "the job "
              + end.state().toLowerCase(Locale.ROOT)
              + (end.state().equals("FAILED") ? ": " + rest.failure(job) : ""));
    }
    screen.result(
        String.format(
            Locale.ROOT,
            "%s: done in %.1f s%s",
            OutputOption.of(args),
            (System.nanoTime() - start) / 1e9,
            end.restarts() == 0 ? "" : ", after " + end.restarts() + " restarts"));
    return ExitCode.OK;
  }

  private int status() throws IOException {
    Map<String, ProcessHandle> alive = cluster.alive();
    alive.forEach((name, process) -> screen.result(name + ": process " + process.pid()));
    cluster.lost().forEach(name -> screen.result(name + ": lost"));
    FlinkRest rest = cluster.rest();
    ClusterOverview overview = rest.overview();
    screen.result(
        String.format(
            Locale.ROOT,
            "Flink %s at %s: %d workers, %d of %d slots free, %d jobs running",
            overview.flinkVersion(),
            rest.url(),
            overview.workers(),
            overview.freeSlots(),
            overview.slots(),
            rest.running()));
    return ExitCode.OK;
  }
}
