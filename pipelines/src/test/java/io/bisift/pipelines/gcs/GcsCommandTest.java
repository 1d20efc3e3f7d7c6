package io.bisift.pipelines.gcs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import io.bisift.pipelines.Annotations;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines whose files are in a bucket, with Beam and without. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class GcsCommandTest {
  private static final String NO_BUCKET = "bisift: there is no bucket gs://nowhere";

  @Parameter boolean beam;
  @TempDir Path folder;
  private FakeGcs server;

  @BeforeEach
  void fillBucket() throws IOException {
    server = GcsRuns.server();
    Annotations.source(folder.resolve("annotations/a.jsonl"));
    Annotations.source(folder.resolve("annotations/b.jsonl"));
    Annotations.write(folder.resolve("images/a.png"), "picture");
    server.putFolder(GcsRuns.BUCKET, "raw/annotations/", folder.resolve("annotations"));
    server.putFolder(GcsRuns.BUCKET, "raw/images/", folder.resolve("images"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Cli run(Object... args) throws IOException, InterruptedException {
    if (!beam) {
      return CliProcess.start(server, args).await();
    }
    List<Object> all = new ArrayList<>(List.of(args));
    all.add("--gcs-endpoint=" + server.endpoint());
    all.add("--credential-factory-class=" + NoopCredentialFactory.class.getName());
    return Cli.run(all.toArray());
  }

  private Cli select(String annotations, String output) throws IOException, InterruptedException {
    return run("select", "--annotations", annotations, "--output", output, "--shards", "2");
  }

  private Cli select() throws IOException, InterruptedException {
    return select("gs://bucket/raw/annotations", "gs://bucket/set");
  }

  private static void assertOk(Cli cli) {
    assertEquals(0, cli.exitCode(), cli.err());
  }

  private static void assertFails(int exitCode, String error, Cli cli) {
    List<String> errors = cli.err().lines().filter(line -> line.startsWith("bisift: ")).toList();
    assertEquals(List.of(error), errors, cli.err());
    assertEquals(exitCode, cli.exitCode());
    assertFalse(cli.err().contains("\tat "), cli.err());
  }

  @Test
  void looksForPicturesInTheBucket() throws Exception {
    Object[] more = {"--shards=2", "--labels=soft", "--image-root"};
    Path output = folder.resolve("set");
    assertOk(
        Cli.run(
            "convert",
            "--annotations",
            folder.resolve("annotations"),
            "--output",
            output,
            more[0],
            more[1],
            more[2],
            folder.resolve("images")));
    assertOk(
        run(
            "convert",
            "--annotations",
            "gs://bucket/raw/annotations/*.jsonl",
            "--output",
            "gs://bucket/set",
            more[0],
            more[1],
            more[2],
            "gs://bucket/raw/images"));
    Map<String, String> expected = OutputFiles.checksums(output);
    Map<String, String> made = GcsRuns.checksums(server, "set");
    expected.remove("meta.json"); // has the image root
    assertTrue(
        new String(server.objects("bucket", "set/").get("meta.json"), StandardCharsets.UTF_8)
            .contains("gs://bucket/raw/images"));
    made.remove("meta.json");
    assertEquals(expected, made);
  }

  @Test
  void findsASetUpToDateAndTakesAnUnfinishedOneUp() throws Exception {
    assertOk(select());
    Map<String, String> set = GcsRuns.checksums(server, "set");
    Cli again = select();
    assertOk(again);
    assertTrue(again.out().contains("complete and up to date"), again.out());

    GcsRuns.storage(server).delete(List.of("gs://bucket/set/manifest.json"));
    server.put("bucket", "set/.bisift-tmp/half", new byte[10]);
    Cli unfinished = select();
    assertOk(unfinished);
    assertTrue(unfinished.err().contains("unfinished run"), unfinished.err());
    assertEquals(set, GcsRuns.checksums(server, "set"));

    server.put("bucket", "raw/annotations/c.jsonl", new byte[10]);
    Cli changed = select();
    assertEquals(2, changed.exitCode());
    assertTrue(changed.err().contains("c.jsonl is new"), changed.err());
    server.put("bucket", "other/file", new byte[10]);
    Cli foreign = select("gs://bucket/raw/annotations", "gs://bucket/other");
    assertEquals(2, foreign.exitCode());
    assertTrue(foreign.err().contains("files that are not Bisift's (file)"), foreign.err());
  }

  @Test
  void saysInOneLineWhatIsMissing() throws Exception {
    assertFails(2, NO_BUCKET, select("gs://nowhere/x", "gs://bucket/set"));
    assertFails(2, NO_BUCKET, select("gs://bucket/raw/annotations", "gs://nowhere/set"));
    assertFails(
        2,
        "bisift: no annotations at gs://bucket/none: there is no such file or folder, and no file"
            + " matches",
        select("gs://bucket/none", "gs://bucket/set"));
  }

  @Test
  void saysInOneLineWhatIsDenied() throws Exception {
    server.failing(Faults.all(Fault.status(403), call -> true));
    Cli all = select();
    assertEquals(1, all.exitCode());
    assertTrue(all.err().contains("bisift: permission denied: gs://bucket/set"), all.err());
    server.failing(Faults.all(Fault.status(403), call -> call.isUpload()));
    Cli writing = select();
    assertEquals(1, writing.exitCode());
    assertTrue(writing.err().contains("permission denied: gs://bucket/set/"), writing.err());
    server.failing(Faults.all(Fault.status(403), call -> call.isDownload()));
    Cli reading = select();
    assertEquals(1, reading.exitCode());
    assertTrue(reading.err().contains("permission denied: gs://bucket/raw/"), reading.err());
    for (Cli cli : List.of(all, writing, reading)) {
      assertEquals(
          1, cli.err().lines().filter(line -> line.startsWith("bisift: ")).count(), cli.err());
      assertFalse(cli.err().contains("\tat "), cli.err());
    }
  }

  @Test
  void aKilledUploadLeavesNoShard() throws Exception {
    assertOk(select());
    Map<String, String> set = GcsRuns.checksums(server, "set");
    GcsRuns.storage(server).deleteFolder("gs://bucket/set");
    CountDownLatch uploading = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    server.failing(
        call -> {
          if (call.method().equals("PUT")) { // a piece of a file
            uploading.countDown();
            awaitQuietly(killed);
          }
          return null;
        });
    CliProcess process =
        CliProcess.start(
            server,
            "select",
            "--annotations",
            "gs://bucket/raw/annotations",
            "--output",
            "gs://bucket/set",
            "--shards=2",
            beam ? "--gcs-endpoint=" + server.endpoint() : "--quiet",
            beam
                ? "--credential-factory-class=" + NoopCredentialFactory.class.getName()
                : "--quiet");
    assertTrue(uploading.await(60, TimeUnit.SECONDS));
    process.kill();
    server.failing(Faults.NONE);
    killed.countDown();
    Map<String, String> left = GcsRuns.checksums(server, "set");
    left.keySet().removeIf(name -> name.startsWith(".bisift-tmp/"));
    assertEquals(Map.of(), left);
    assertOk(select());
    assertEquals(set, GcsRuns.checksums(server, "set"));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
