package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RerunCheckTest {
  @TempDir Path temp;
  private Path input;
  private Parameters told;
  private RerunCheck check;

  @BeforeEach
  void run() throws IOException {
    input = temp.resolve("in");
    Rollouts.write(input.resolve("a.jsonl"), 20);
    Rollouts.write(input.resolve("b.jsonl"), 20);
    told = Parameters.select(input, temp.resolve("out"), new Golden.Selection(0.25, 0.05));
    TestRun.run(new LocalStorage(), told);
    OutputFolder folder = new OutputFolder(new LocalStorage(), told.build().output());
    check =
        new RerunCheck(
            folder.manifest().orElseThrow(), folder.runFile().orElseThrow().parameters());
  }

  private List<String> changes(Parameters now) {
    return check.changedParameters(now.build(), TestRun.TOOL);
  }

  @Test
  void findsNothingWhereNothingChanged() throws IOException {
    assertEquals(List.of(), changes(told));
    List<SourceFile> sources = sources();
    assertEquals(List.of(), check.changedFiles(sources));
    for (SourceFile source : sources) {
      assertFalse(hasOtherContent(source));
    }
  }

  @Test
  void ignoresWhatDoesNotChangeTheSet() {
    assertEquals(List.of(), changes(told.withForce().withChunkSize(64).withMaxRejected(0.5)));
  }

  @Test
  void namesChangedParametersAsTheyAreTyped() {
    Golden.Selection other = new Golden.Selection(0.5, 0.1);
    assertEquals(
        List.of("--top-ratio was 0.25, is 0.5", "--alpha was 0.05, is 0.1"),
        changes(Parameters.select(input, temp.resolve("out"), other)));
    assertEquals(
        List.of("command was select, is convert", "--top-ratio was 0.25, is not given"),
        changes(Parameters.convert(input, temp.resolve("out"))));
    assertEquals(List.of("--labels was hard, is soft"), changes(told.withLabels(LabelRule.soft())));
    assertEquals(
        List.of("--threshold was 0.0, is 0.5"), changes(told.withLabels(LabelRule.hard(0.5))));
    assertEquals(List.of("--shards was 1, is 3"), changes(told.withShards(3)));
    assertEquals(
        List.of("--compression was none, is gzip"),
        changes(told.withCompression(Compression.GZIP)));
    assertEquals(List.of("--image-root was not given, is /x"), changes(told.withImageRoot("/x")));
    assertEquals(
        List.of("version was " + TestRun.TOOL + ", is newer"),
        check.changedParameters(told.build(), "newer"));
  }

  @Test
  void namesFilesThatAreNewOrGoneOrOfAnotherSize() throws IOException {
    long before = Files.size(input.resolve("b.jsonl"));
    Files.delete(input.resolve("a.jsonl"));
    Rollouts.write(input.resolve("b.jsonl"), 1);
    Rollouts.write(input.resolve("c.jsonl"), 1);
    assertEquals(
        List.of(
            "b.jsonl had " + before + " bytes, has " + Files.size(input.resolve("b.jsonl")),
            "c.jsonl is new",
            "a.jsonl is gone"),
        check.changedFiles(sources()));
  }

  @Test
  void noticesOtherContentOfTheSameSize() throws IOException {
    String text = Files.readString(input.resolve("b.jsonl"));
    Files.writeString(input.resolve("b.jsonl"), text.replace("7.png", "8.png"));
    List<SourceFile> sources = sources();
    assertEquals(List.of(), check.changedFiles(sources));
    assertFalse(hasOtherContent(sources.get(0)));
    assertTrue(hasOtherContent(sources.get(1)));
  }

  private boolean hasOtherContent(SourceFile source) {
    return check.hasOtherContent(source, SourceReader.checksum(new LocalStorage(), source));
  }

  private List<SourceFile> sources() throws IOException {
    return new SourceFinder(new LocalStorage()).find(List.of(input.toString()));
  }
}
