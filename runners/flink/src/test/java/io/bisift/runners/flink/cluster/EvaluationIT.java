package io.bisift.runners.flink.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bisift.runners.flink.Sets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Evaluations and rerankings on a real cluster, which has the reward model in its lib folder. The
 * model is there where all modules were built.
 */
@Timeout(300)
class EvaluationIT {
  private static final Path JAR = Path.of("target/bisift-flink.jar").toAbsolutePath();
  private static final Path SAMPLE = Path.of("../../pipelines/sample").toAbsolutePath().normalize();
  private static final Path MODEL =
      Path.of("../../src/model/target/bisift-model.jar").toAbsolutePath().normalize();
  private static final boolean HAS_MODEL = Files.exists(MODEL);

  @TempDir static Path folder;

  private static LocalCluster cluster;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws IOException {
    cluster = new LocalCluster(Path.of("target/test-evaluation"), Path.of("dist/target"));
    cluster.stop(); // of a test that was killed
    List<String> options = new ArrayList<>(List.of("--workers=2", "--slots=1"));
    if (HAS_MODEL) {
      options.add("--lib=" + MODEL);
    }
    cluster.start(StartOptions.parse(options));
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.stop();
  }

  /** Submits a pipeline, does the same on this machine, and holds the two against each other. */
  private void writesWhatTheLaptopWrites(String name, String pipeline, Object... options)
      throws IOException {
    Path output = folder.resolve(name);
    List<String> args = new ArrayList<>(List.of("submit", pipeline, "--output=" + output));
    for (Object option : options) {
      args.add(option.toString());
    }
    int exitCode = new ClusterCommand(Sets.screen(printed), cluster, JAR).run(args);
    assertEquals(0, exitCode, printed.toString(StandardCharsets.UTF_8));
    Path reference = folder.resolve("reference-" + output.getFileName());
    args.remove(0);
    args.set(1, "--output=" + reference);
    Sets.runLocally(args.toArray());
    Sets.assertSame(reference, output);
    assertTrue(Files.readString(output.resolve("run.json")).contains("\"FlinkRunner\""));
  }

  @Test
  void readyScores() throws IOException {
    writesWhatTheLaptopWrites(
        "scores",
        "evaluate",
        "--scores=" + SAMPLE.resolve("scores.jsonl"),
        "--image-root=" + SAMPLE.resolve("images"),
        "--shards=3",
        "--threshold=kfold");
  }

  @Test
  void candidates() throws IOException {
    writesWhatTheLaptopWrites(
        "reranked", "rerank", "--candidates=" + SAMPLE.resolve("candidates.jsonl"));
  }

  /** Both workers load the model out of their own lib folder, and a job's classes find it. */
  @Test
  void aCheckpointScores() throws Exception {
    if (!HAS_MODEL) {
      System.err.println(
          "*** SKIPPED: src/model is not built, so no checkpoint was tried on the cluster ***");
    }
    assumeTrue(HAS_MODEL, "src/model is not built");
    Path checkpoint = folder.resolve("tiny");
    Process init =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                MODEL.toString(),
                "init",
                "--preset=tiny",
                "--output=" + checkpoint)
            .redirectErrorStream(true)
            .start();
    String said = new String(init.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, init.waitFor(), said);
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    try (URLClassLoader model = new URLClassLoader(new URL[] {MODEL.toUri().toURL()}, usual)) {
      thread.setContextClassLoader(model); // for the run on this machine
      writesWhatTheLaptopWrites(
          "scored",
          "evaluate",
          "--annotations=" + SAMPLE.resolve("test.jsonl"),
          "--image-root=" + SAMPLE.resolve("images"),
          "--checkpoint=" + checkpoint,
          "--batch-size=3");
    } finally {
      thread.setContextClassLoader(usual);
    }
  }
}
