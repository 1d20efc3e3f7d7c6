package io.bisift.trainer.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import io.bisift.trainer.data.GrowingSets;
import io.bisift.trainer.log.MetricsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets and pictures in a bucket, read by a real process. */
final class GcsFitTest {
  private static final String BUCKET = "bucket";

  @TempDir Path temp;
  private FakeGcs server;
  private TinyRun tiny;

  @BeforeEach
  void fillBucket() throws IOException {
    server = new FakeGcs();
    server.createBucket(BUCKET);
    tiny = TinyRun.make(temp, 12);
    server.putFolder(BUCKET, "sets/train/", temp.resolve("set"));
    server.putFolder(BUCKET, "sets/held-out/", temp.resolve("held-out"));
    server.putFolder(BUCKET, "images/", temp.resolve("corpus/images"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String[] fromBucket(String output) {
    return tiny.fit(
        output,
        "--max-updates=6",
        "--evaluate-every=3",
        "--held-out=gs://bucket/sets/held-out",
        "--train=gs://bucket/sets/train",
        "--image-root=gs://bucket/images");
  }

  private TinyRun.Said run(String... arguments) throws Exception {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        TinyRun.process(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("STORAGE_EMULATOR_HOST", server.host());
    return new TinyRun.Said(
        builder.start().waitFor(), Files.readString(out), Files.readString(err));
  }

  private List<List<Double>> metrics(String output) throws IOException {
    return MetricsFile.read(temp.resolve(output).resolve("metrics.jsonl")).stream()
        .map(GcsFitTest::numbers)
        .toList();
  }

  private static List<Double> numbers(JsonNode line) {
    return Stream.of("step", "loss", "gradient_norm", "auc")
        .map(name -> line.path(name).asDouble())
        .toList();
  }

  @Test
  void lossesAreThoseOfARunOverLocalFilesWhateverTheNetworkDoes() throws Exception {
    String[] local =
        tiny.fit(
            "local",
            "--max-updates=6",
            "--evaluate-every=3",
            "--held-out=" + temp.resolve("held-out"));
    assertEquals(0, TinyRun.run(local).code());
    server.failing(
        Faults.random(3, 0.2, List.of(Fault.status(503), Fault.CUT_ANSWER, Fault.LOST_ANSWER)));
    TinyRun.Said said = run(fromBucket("bucket"));
    assertEquals(0, said.code(), said.err());
    assertTrue(server.injected(Fault.Kind.REFUSED) > 0, "nothing went wrong");
    assertEquals(8, metrics("local").size());
    assertEquals(metrics("local"), metrics("bucket"));
    assertEquals(
        -1,
        Files.mismatch(
            temp.resolve("local/model/model.safetensors"),
            temp.resolve("bucket/model/model.safetensors")));
    try (Stream<Path> left = Files.list(temp.resolve("bucket/cache"))) {
      assertEquals(0, left.count(), "copies of shards are left");
    }
  }

  @Test
  void aGrowingSetInABucketTrainsWhatItTrainsHere() throws Exception {
    GrowingSets sets = new GrowingSets(temp.resolve("growing"), 12);
    sets.grow(40);
    sets.grow(40);
    server.putFolder(BUCKET, "sets/growing/", temp.resolve("growing"));
    String[] options = {"--max-updates=8", "--follow=3", "--train-version=1"};
    String[] here = Arrays.copyOf(options, 4);
    here[3] = "--train=" + temp.resolve("growing");
    TinyRun.Said local = TinyRun.run(tiny.fit("here", here));
    assertEquals(0, local.code(), local.err());
    server.failing(
        Faults.random(5, 0.2, List.of(Fault.status(503), Fault.CUT_ANSWER, Fault.LOST_ANSWER)));
    String[] there = Arrays.copyOf(options, 5);
    there[3] = "--train=gs://bucket/sets/growing";
    there[4] = "--image-root=gs://bucket/images";
    TinyRun.Said said = run(tiny.fit("there", there));
    assertEquals(0, said.code(), said.err());
    assertTrue(server.injected(Fault.Kind.REFUSED) > 0, "nothing went wrong");
    assertEquals(8, metrics("here").size());
    assertEquals(metrics("here"), metrics("there"));
    Path versions = Path.of("versions.jsonl");
    assertEquals(
        -1,
        Files.mismatch(
            temp.resolve("here").resolve(versions), temp.resolve("there").resolve(versions)));
  }

  @Test
  void whatIsWrongInTheBucketIsSaidInALine() throws Exception {
    String shard =
        server.objects(BUCKET, "").keySet().stream()
            .filter(name -> name.startsWith("sets/train/data/"))
            .findFirst()
            .orElseThrow();
    byte[] whole = server.objects(BUCKET, "").get(shard);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    server.put(BUCKET, shard, damaged);
    TinyRun.Said said = run(fromBucket("damaged"));
    assertEquals(1, said.code());
    assertTrue(said.err().contains("gs://bucket/" + shard + " is damaged"), said.err());
    assertEquals(1, said.err().strip().lines().count(), said.err());
    server.put(BUCKET, shard, whole);

    TinyRun.Said nowhere = run(tiny.fit("nowhere", "--train=gs://bucket/sets/none"));
    assertEquals(1, nowhere.code());
    assertTrue(nowhere.err().contains("manifest.json is not there"), nowhere.err());

    TinyRun.Said output = TinyRun.run(tiny.fit("x", "--output=gs://bucket/run"));
    assertEquals(2, output.code());
    assertTrue(output.err().contains("--output must be a folder of this machine"), output.err());
    TinyRun.Said model = TinyRun.run(tiny.fit("x", "--model=gs://bucket/model"));
    assertEquals(2, model.code());
    assertTrue(model.err().contains("--model must be a folder of this machine"), model.err());
    TinyRun.Said export = TinyRun.run("export", "--run=" + temp, "--output=gs://bucket/model");
    assertEquals(2, export.code());
    assertTrue(export.err().contains("--output must be a folder of this machine"), export.err());
    assertFalse(Files.exists(Path.of("gs:")), "a folder that is called gs:");
  }
}
