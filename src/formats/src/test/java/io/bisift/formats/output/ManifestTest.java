package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import io.bisift.core.plan.SourceTotals;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() throws IOException {
    input = temp.resolve("in");
    output = temp.resolve("out");
    Rollouts.write(input.resolve("a.jsonl"), 40);
    Rollouts.write(input.resolve("b.jsonl"), 3);
    Files.writeString(input.resolve("b.jsonl"), "{}\nx\n", StandardOpenOption.APPEND);
    Files.createFile(input.resolve("c.jsonl"));
  }

  private Parameters parameters() {
    return Parameters.select(input, output, new Golden.Selection(0.25, 0.05)).withShards(3);
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    Manifest manifest = TestRun.run(new LocalStorage(), parameters());
    String text = Files.readString(output.resolve("manifest.json"));
    assertEquals(manifest, Json.parse(text, Manifest.class));
    assertEquals(text, Json.pretty(Json.parse(text, Manifest.class)));
    assertTrue(text.endsWith("}\n"));
    assertFalse(text.contains("\r"));
  }

  @Test
  void tellsEachInputWithItsSizeAndChecksum() throws IOException {
    TestRun.run(new LocalStorage(), parameters().withChunkSize(100));
    JsonNode inputs = json().get("inputs");
    for (var source : new SourceFinder(new LocalStorage()).find(List.of(input.toString()))) {
      JsonNode told = inputs.get(source.name().charAt(0) - 'a');
      assertEquals(source.name(), told.get("name").asText());
      assertEquals(source.size(), told.get("size").asLong());
      assertEquals(
          Crc32c.hex(SourceReader.checksum(new LocalStorage(), source)),
          told.get("crc32c").asText());
    }
    assertEquals(3, inputs.size());
  }

  @Test
  void tellsTheCutOfEachSourceThatHasRollouts() throws IOException {
    Manifest manifest = TestRun.run(new LocalStorage(), parameters());
    // 40 rollouts of 16 scores, the best five of which occur twice: 10 are kept
    assertEquals(new Manifest.CutScore(0.225, 2, 2), rounded(manifest.sources().get(0)));
    assertEquals(new Manifest.Counts(5, 0, 2, 3, 3, 1, 2), manifest.sources().get(1).counts());
    assertNull(manifest.sources().get(2).cut());
    assertEquals(Map.of("invalid_json", 1L, "no_steps", 1L), manifest.rejected().byDefect());
  }

  private static Manifest.CutScore rounded(Manifest.Source source) {
    Manifest.CutScore cut = Objects.requireNonNull(source.cut());
    return new Manifest.CutScore(Math.round(cut.bis() * 1e9) / 1e9, cut.ties(), cut.tiesKept());
  }

  @Test
  void holdsNoAbsolutePathAndNoTime() throws IOException {
    TestRun.run(new LocalStorage(), parameters());
    String text = Files.readString(output.resolve("manifest.json"));
    assertFalse(text.contains(temp.toString()), text);
    assertFalse(text.contains("\"/"), text);
    assertFalse(text.contains("started"), text);
    Map<String, String> here = OutputFiles.checksums(output);
    Path moved = Files.move(input, temp.resolve("elsewhere"));
    Path other = temp.resolve("other");
    Parameters again = Parameters.select(moved, other, new Golden.Selection(0.25, 0.05));
    TestRun.run(new LocalStorage(), again.withShards(3));
    assertEquals(here, OutputFiles.checksums(other));
  }

  @Test
  void leavesOutWhatDoesNotApply() throws IOException {
    TestRun.run(
        new LocalStorage(),
        Parameters.convert(input, output).withLabels(LabelRule.soft()).withShardSize(10_000));
    JsonNode parameters = json().get("parameters");
    assertEquals("convert", parameters.get("command").asText());
    assertEquals("soft", parameters.get("labels").asText());
    assertEquals("none", parameters.get("compression").asText());
    assertEquals(10_000, parameters.get("shard_size").asLong());
    assertFalse(parameters.has("top_ratio"));
    assertFalse(parameters.has("threshold"));
    assertFalse(json().get("sources").get(0).has("cut"));
  }

  @Test
  void hasAsManyShardsAsTheirSizeAsksFor() throws IOException {
    long bytes = Files.size(input.resolve("a.jsonl")) - 40; // line feeds do not count
    for (int divisor : new int[] {1, 2, 7}) {
      Parameters all =
          Parameters.convert(input.resolve("a.jsonl"), output)
              .withShardSize((bytes + divisor - 1) / divisor)
              .withForce();
      assertEquals(divisor, TestRun.run(new LocalStorage(), all).shards().size());
    }
  }

  @Test
  void isRefusedWhereAnInputGrewWhileItWasRead() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    var grown =
        plan.sources().stream()
            .map(
                one ->
                    new SourceFile(
                        one.name(),
                        one.input(),
                        one.path(),
                        0,
                        one.size() + 1,
                        one.compression(),
                        -1))
            .toList();
    UserException error =
        assertThrows(
            UserException.class,
            () ->
                ManifestBuilder.plan(
                    parameters,
                    "tool",
                    grown,
                    plan.outcomes(),
                    i -> new SourceTotals(),
                    plan.cuts()::get));
    assertTrue(error.getMessage().contains("bytes when it was found"), error.getMessage());
  }

  @Test
  void isNotCompletedWhereAShardIsMissing() throws IOException {
    RunParameters parameters = parameters().build();
    TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
    var written = TestRun.write(new LocalStorage(), parameters, plan);
    for (int i = 0; i < written.size(); i++) {
      var some = new ArrayList<>(written);
      some.remove(i);
      assertThrows(
          IllegalStateException.class, () -> ManifestBuilder.complete(plan.manifest(), some));
    }
    Collections.reverse(written);
    Manifest complete = ManifestBuilder.complete(plan.manifest(), written);
    assertEquals(
        List.of(
            "data/part-00000-of-00003.jsonl",
            "data/part-00001-of-00003.jsonl",
            "data/part-00002-of-00003.jsonl"),
        complete.shards().stream().map(Manifest.Shard::data).map(WrittenFile::name).toList());
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readString(output.resolve("manifest.json")));
  }

  @Test
  void isNotMistakenForSomethingElse() {
    assertThrows(JsonProcessingException.class, () -> Json.parse("{}", Manifest.class));
    assertThrows(JsonProcessingException.class, () -> Json.parse("{\"inp", Manifest.class));
  }
}
