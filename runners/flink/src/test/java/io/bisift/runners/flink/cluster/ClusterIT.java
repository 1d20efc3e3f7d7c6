package io.bisift.runners.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.select.SelectPipeline;
import io.bisift.runners.flink.Sets;
import io.bisift.runners.flink.rest.FlinkRest;
import io.bisift.runners.flink.rest.JobStatus;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster: a JobManager and workers in processes of their own, which know nothing of Bisift
 * but the jar that they are sent. All jobs run in one session.
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final Path JAR = Path.of("target/bisift-flink.jar").toAbsolutePath();

  /** Large enough that a job is seen at work before it ends. */
  private static final String SCALE = "0.05";

  @TempDir static Path folder;

  private static LocalCluster cluster;
  private static Path corpus;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws IOException {
    cluster = new LocalCluster(Path.of("target/test-cluster"), Path.of("dist/target"));
    cluster.stop(); // of a test that was killed
    Runtime.getRuntime().addShutdownHook(new Thread(ClusterIT::stopQuietly));
    corpus = folder.resolve("corpus");
    Sets.run(RunnerDefaults.NONE, "synth", "--output", corpus, "--scale", SCALE, "--bad", "0.01");
  }

  private static void stopQuietly() {
    try {
      cluster.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.stop();
  }

  private int run(String... args) {
    return new ClusterCommand(Sets.screen(printed), cluster, JAR).run(List.of(args));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static String[] submission(String pipeline, Path output, String... more) {
    List<String> args = new ArrayList<>(List.of("submit"));
    args.addAll(pipeline(pipeline, output, more));
    return args.toArray(String[]::new);
  }

  private static List<String> pipeline(String pipeline, Path output, String... more) {
    List<String> args =
        new ArrayList<>(List.of(pipeline, "--annotations=" + corpus, "--output=" + output));
    args.addAll(List.of(more));
    return args;
  }

  private static Path reference(String pipeline, String... more) {
    Path output = folder.resolve("reference-" + pipeline + String.join("", more));
    Sets.runLocally(pipeline(pipeline, output, more).toArray());
    return output;
  }

  @Test
  @Order(1)
  void nothingIsThereBeforeItIsStarted() {
    assertEquals(1, run("submit", "select"));
    assertEquals("bisift: no cluster is running; start one first", printed().strip());
  }

  @Test
  @Order(2)
  void startsOnceAndTakesNoPortOfOthers() throws IOException {
    assertEquals(0, run("start", "--workers=2", "--slots=1", "--worker-memory=512"), this::printed);
    assertTrue(printed().contains("with 2 workers and 2 slots"), printed());
    assertEquals(1, run("start"));
    assertTrue(printed().contains("a cluster is running at " + cluster.rest().url()), printed());

    String port = cluster.rest().url().replaceAll("\\D*127.0.0.1:(\\d+)/", "$1");
    LocalCluster other = new LocalCluster(folder.resolve("other"), Path.of("dist/target"));
    ClusterSettings settings = StartOptions.parse(List.of("--port", port));
    String refusal = assertThrows(UserException.class, () -> other.start(settings)).getMessage();
    assertEquals("port " + port + " is taken; name another --port", refusal);
    assertEquals(Map.of(), other.alive());
  }

  /** By Flink's own command line: flink run -c MAIN JAR. */
  @Test
  @Order(3)
  void selectWritesWhatTheLaptopWrites() throws Exception {
    String[] options = {"--shards=8", "--top-ratio=0.1", "--alpha=0.2"};
    Path output = folder.resolve("select");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                "dist/target/lib/*" + File.pathSeparator + "dist/target/logging/*",
                "org.apache.flink.client.cli.CliFrontend",
                "run",
                "--jobmanager=" + cluster.rest().url().replaceAll("http://|/", ""),
                "--parallelism=2",
                "--class=" + SelectPipeline.class.getName(),
                JAR.toString(),
                "--runner=FlinkRunner"));
    List<String> args = pipeline("select", output, options);
    command.addAll(args.subList(1, args.size()));
    ProcessBuilder flink = new ProcessBuilder(command).redirectErrorStream(true);
    flink.environment().put("FLINK_CONF_DIR", "target/test-cluster/conf");
    Process process = flink.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    Sets.assertSame(reference("select", options), output);
  }

  /** With native code, which every job's class loader loads anew. */
  @Test
  @Order(4)
  void convertWritesWhatTheLaptopWrites() throws IOException {
    String[] options = {"--shards=8", "--compression=zstd"};
    Path output = folder.resolve("convert");
    assertEquals(0, run(submission("convert", output, options)), this::printed);
    assertTrue(printed().contains(output + ": done in"), printed());
    Sets.assertSame(reference("convert", options), output);
  }

  /**
   * The workers' requests go over HTTP to this process, and some of them go wrong. Two sets at once
   * need twice the exchanges between steps.
   */
  @Test
  @Order(5)
  void readsAndWritesBuckets() throws IOException {
    String[] options = {
      "--shards=4", "--subset", "bis:alpha=0.2,ratio=0.1", "bis:alpha=0.05,ratio=0.3"
    };
    try (FakeGcs server = GcsRuns.server()) {
      server.putFolder(GcsRuns.BUCKET, "corpus/", corpus);
      server.failing(Faults.random(7, 0.03, List.of(Fault.status(503), Fault.CUT_ANSWER)));
      List<String> args =
          new ArrayList<>(
              List.of(
                  "submit",
                  "select",
                  "--annotations=gs://bucket/corpus",
                  "--output=gs://bucket/set",
                  "--gcs-endpoint=" + server.endpoint(),
                  "--credential-factory-class=" + NoopCredentialFactory.class.getName()));
      args.addAll(List.of(options));
      assertEquals(0, run(args.toArray(String[]::new)), this::printed);
      assertEquals(
          OutputFiles.checksums(reference("select", options)), GcsRuns.checksums(server, "set"));
      assertTrue(server.injected(Fault.Kind.REFUSED) > 0);
    }
  }

  @Test
  @Order(6)
  void aWorkerThatTakesOverFinishesTheJobWithTheSameBytes() throws Exception {
    String[] options = {"--shards=8", "--compression=gzip"}; // which takes its time to write
    Path output = folder.resolve("killed");
    FlinkRest rest = cluster.rest();
    Submission submission = new Submission(rest, JAR);
    List<String> args = pipeline("convert", output, options);
    String job = submission.start("convert", args.subList(1, args.size()));
    awaitFirstShard(output);
    kill("worker-1");
    assertTrue(!Files.exists(output.resolve("manifest.json")), "the job was quicker than the kill");
    assertEquals("worker-3", cluster.addWorker());
    JobStatus end = submission.await(job, Sets.screen(printed));
    assertEquals("FINISHED", end.state(), () -> failure(rest, job));
    assertTrue(end.restarts() > 0, "the job did not notice that a worker was killed");
    assertEquals(List.of("worker-1"), cluster.lost());
    Sets.assertSame(reference("convert", options), output);
  }

  /** Shards are being written then. The files tell sooner than the cluster could be asked. */
  private static void awaitFirstShard(Path output) throws Exception {
    while (!hasShard(output.resolve(".bisift-tmp")) && !hasShard(output.resolve("data"))) {
      Thread.sleep(1);
    }
  }

  private static boolean hasShard(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains("part-"));
    } catch (UncheckedIOException | NoSuchFileException e) {
      return false; // moved away meanwhile: the next look finds it in its place
    }
  }

  /** As the system's out-of-memory killer would: kill -9. */
  private static void kill(String worker) throws Exception {
    ProcessHandle process = cluster.alive().get(worker);
    process.destroyForcibly();
    process.onExit().get();
  }

  private static String failure(FlinkRest rest, String job) {
    try {
      return rest.failure(job);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(7)
  void aMistakeOnTheCommandLineLeavesTheClusterUp() throws IOException {
    assertEquals(1, run(submission("select", folder.resolve("none"), "--alpha=-1")));
    assertTrue(
        printed().contains("bisift: --alpha must be a number of at least 0, was -1.0"), printed());
    assertEquals(0, run("status"), this::printed);
    assertTrue(printed().contains("0 jobs running"), printed());
    assertEquals(2, run("submit", "synth"));
  }

  @Test
  @Order(8)
  void aFailedJobSaysWhyInOneLine() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectory(mine);
    Files.writeString(mine.resolve("thesis.txt"), "years of work");
    assertEquals(1, run(submission("select", mine)));
    String last = printed().lines().reduce("", (first, second) -> second);
    assertTrue(last.startsWith("bisift: the job failed: " + mine + " holds files"), printed());
    assertEquals("years of work", Files.readString(mine.resolve("thesis.txt")));
  }

  @Test
  @Order(9)
  void leavesNothingWhenItIsStopped() throws IOException {
    List<ProcessHandle> processes = List.copyOf(cluster.alive().values());
    assertEquals(3, processes.size());
    assertEquals(0, run("stop"));
    assertTrue(processes.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.list(Path.of("target/test-cluster"))) {
      assertEquals(
          List.of("conf", "log"),
          left.map(path -> path.getFileName().toString()).sorted().toList());
    }
    assertEquals(0, run("stop"));
    assertTrue(printed().endsWith("no cluster was running" + System.lineSeparator()));
  }
}
