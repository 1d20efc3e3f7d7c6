package io.bisift.pipelines;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.bisift.formats.testkit.OutputFiles;
import io.bisift.pipelines.convert.ConvertPipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Command lines that do something, with Beam and without. */
@ParameterizedClass
@MethodSource("drivers")
class BisiftRunTest {
  @Parameter List<String> driver;
  @TempDir Path folder;
  private Path annotations;
  private Path output;

  @BeforeEach
  void writeAnnotations() throws IOException {
    annotations = folder.resolve("annotations");
    output = folder.resolve("set");
    Annotations.source(annotations.resolve("a.jsonl"));
  }

  static List<List<String>> drivers() {
    return List.of(List.of(), List.of("--runner=DirectRunner"));
  }

  private Cli run(Object... args) {
    return Cli.run(Stream.concat(Stream.of(args), driver.stream()).toArray());
  }

  private Cli select(Object... more) {
    return run(
        Stream.concat(
                Stream.of("select", "--annotations", annotations, "--output", output),
                Stream.of(more))
            .toArray());
  }

  private static void assertOk(Cli cli) {
    assertEquals(0, cli.exitCode(), cli.err());
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(output)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(output.relativize(file), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private void assertUntouched(Map<Path, byte[]> before) throws IOException {
    Map<Path, byte[]> now = files();
    assertEquals(before.keySet(), now.keySet());
    for (Map.Entry<Path, byte[]> file : before.entrySet()) {
      assertEquals(
          new String(file.getValue(), StandardCharsets.UTF_8),
          new String(now.get(file.getKey()), StandardCharsets.UTF_8));
    }
  }

  @Test
  void selectsThenFindsTheSetUpToDateThenSaysWhatHasChanged() throws IOException {
    Cli first = select("--top-ratio=0.5");
    assertOk(first);
    assertAll(
        () -> assertTrue(first.out().contains("a.jsonl"), first.out()),
        () -> assertTrue(first.out().contains("2 records"), first.out()),
        () -> assertTrue(first.out().contains(output + ": done in "), first.out()));
    Map<Path, byte[]> set = files();
    assertTrue(set.keySet().containsAll(List.of(Path.of("manifest.json"), Path.of("run.json"))));

    Cli again = select("--top-ratio=0.5", "--chunk-size", "1KB");
    assertOk(again);
    assertTrue(again.out().contains("complete and up to date"), again.out());
    assertUntouched(set);

    Cli otherRatio = select("--top-ratio=1");
    assertEquals(2, otherRatio.exitCode());
    assertTrue(otherRatio.err().contains("--top-ratio was 0.5, is 1.0"), otherRatio.err());
    assertTrue(otherRatio.err().contains("--force"), otherRatio.err());

    Annotations.source(annotations.resolve("b.jsonl"));
    Cli moreInput = select("--top-ratio=0.5");
    assertEquals(2, moreInput.exitCode());
    assertTrue(moreInput.err().contains("b.jsonl is new"), moreInput.err());

    Files.delete(annotations.resolve("b.jsonl"));
    Path source = annotations.resolve("a.jsonl");
    Files.writeString(source, Files.readString(source).replace("mixed", "nixed"));
    Cli otherContent = select("--top-ratio=0.5");
    assertEquals(2, otherContent.exitCode());
    assertTrue(otherContent.err().contains("a.jsonl has other content"), otherContent.err());
    assertUntouched(set);

    Cli forced = select("--top-ratio=0.5", "--force", "--quiet");
    assertEquals(new Cli(0, "", ""), forced);
    assertTrue(
        Files.readString(output.resolve("data/part-00000-of-00001.jsonl")).contains("nixed"));
  }

  @Test
  void dryRunShowsTheCutAndWritesNothing() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    Cli cli =
        driver.isEmpty()
            ? select("--dry-run", "--top-ratio", "0.5")
            : select("--dry-run", "--top-ratio", "0.5", "--tempLocation=" + temporary);
    assertOk(cli);
    assertAll(
        () -> assertTrue(cli.out().contains("cut score"), cli.out()),
        () -> assertTrue(cli.out().contains("would write 2 records"), cli.out()),
        () -> assertFalse(Files.exists(output)));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void takesAnUnfinishedRunUpAgain() throws IOException {
    assertOk(select("--labels", "soft"));
    Map<Path, byte[]> set = files();
    Files.delete(output.resolve("manifest.json"));
    Files.delete(output.resolve("README.md"));
    Annotations.write(output.resolve(".bisift-tmp/half"), "left over");

    Cli cli = select("--labels", "soft");
    assertOk(cli);
    assertTrue(cli.err().contains("unfinished run"), cli.err());
    Map<Path, byte[]> now = files();
    now.remove(Path.of("run.json"));
    set.remove(Path.of("run.json"));
    assertEquals(set.keySet(), now.keySet());
  }

  @Test
  void failsOnTooManyBadRecordsAndSaysWhereTheyAre() throws IOException {
    Annotations.write(
        annotations.resolve("b.jsonl"), Annotations.rollout("fine", 1.0), "not json", "[]");
    Cli cli = select("--max-rejected", "0.1");
    assertEquals(1, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains("2 of 7 records"), cli.err());
    assertFalse(Files.exists(output.resolve("manifest.json")));
  }

  @Test
  void countsBadRecordsInADryRunAndInACompleteSetToo() throws IOException {
    Annotations.write(annotations.resolve("b.jsonl"), Annotations.rollout("fine", 1.0), "not json");
    Cli dry = select("--max-rejected", "0.1", "--dry-run");
    assertEquals(1, dry.exitCode(), dry.err());
    assertTrue(dry.out().contains("would write"), dry.out());
    assertTrue(dry.err().contains("1 of 6 records"), dry.err());
    assertOk(select());
    Cli again = select("--max-rejected", "0.1");
    assertEquals(1, again.exitCode(), again.err());
    assertTrue(again.err().contains("1 of 6 records"), again.err());
    assertOk(select("--max-rejected", "0.5"));
  }

  @Test
  void saysThatPicturesAreNotLookedForAgain() throws IOException {
    Annotations.write(folder.resolve("images/a.png"), "picture");
    String[] checked = {"--image-root", "file:" + folder.resolve("images")};
    Cli first = select((Object[]) checked);
    assertOk(first);
    assertFalse(first.out().contains("not looked for"), first.out());
    Cli again = select((Object[]) checked);
    assertOk(again);
    assertTrue(
        again.out().contains("pictures were not looked for again, --force does that"), again.out());
  }

  @Test
  void saysWhenTheManifestCannotBeRead() throws IOException {
    assertOk(select());
    Annotations.write(output.resolve("manifest.json"), "{");
    Cli cli = select();
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains("manifest.json cannot be read; --force"), cli.err());
  }

  @Test
  void takesLocalFilesAsUris() throws IOException {
    Cli cli = run("convert", "--annotations=file:" + annotations, "--output=file:" + output);
    assertOk(cli);
    assertTrue(Files.exists(output.resolve("manifest.json")));
    assertTrue(cli.out().contains("\n" + output + ": done in "), cli.out());
    assertOk(run("convert", "--annotations=file://" + annotations, "--output=" + output));
  }

  @Test
  void countsRejectedRecordsByDefect() throws IOException {
    Annotations.write(
        annotations.resolve("b.jsonl"), Annotations.rollout("fine", 1.0), "not json", "[]", "{");
    Cli cli = select("--shards", "2", "--compression", "gz");
    assertOk(cli);
    assertTrue(cli.out().contains("3 rejected: 2 invalid json, 1 not an object"), cli.out());
    assertTrue(Files.exists(output.resolve("data/part-00001-of-00002.jsonl.gz")));
  }

  @Test
  void takesFileNamesAsTheyAre() throws IOException {
    Path odd = folder.resolve("odd, names");
    List<String> names =
        List.of("a,b.jsonl", "c d.jsonl", "e[1].jsonl", "f{2}.jsonl", "g*.jsonl", "答案.jsonl");
    Object[] args = new Object[names.size() + 4];
    args[0] = "convert";
    args[1] = "--annotations";
    for (int i = 0; i < names.size(); i++) {
      args[i + 2] = Annotations.source(odd.resolve(names.get(i)));
    }
    args[names.size() + 2] = "--output";
    args[names.size() + 3] = folder.resolve("set, 'new' [é]");
    Cli cli = run(args);
    assertOk(cli);
    names.forEach(name -> assertTrue(cli.out().contains(name), cli.out()));
    assertTrue(cli.out().contains("24 records"), cli.out());
  }

  @Test
  void addsUpRepeatedAnnotationsAndMatchesGlobs() throws IOException {
    Annotations.source(annotations.resolve("b1.jsonl"));
    Annotations.source(annotations.resolve("b2.jsonl"));
    Cli cli =
        run(
            "convert",
            "--annotations=" + annotations + "/a.jsonl",
            "--annotations",
            annotations + "/b*.jsonl",
            "--output=file://" + output,
            "--dryRun");
    assertOk(cli);
    assertTrue(cli.out().contains("would write 12 records"), cli.out());
  }

  @Test
  void namesASourceThatCannotBeRead() throws IOException {
    Path secret = Annotations.source(annotations.resolve("secret.jsonl"));
    assumeFalse(!secret.toFile().setReadable(false) || Files.isReadable(secret), "root reads all");
    Cli cli = select();
    assertEquals(1, cli.exitCode());
    assertTrue(cli.err().contains("secret.jsonl"), cli.err());
  }

  @Test
  void namesAnInputThatCannotBeDecompressed() throws IOException {
    Annotations.write(annotations.resolve("b.jsonl.gz"), "this is no gzip file");
    Cli cli = select();
    assertEquals(1, cli.exitCode());
    String error = cli.err().lines().filter(line -> line.startsWith("bisift: ")).findFirst().get();
    assertTrue(error.contains("b.jsonl.gz"), cli.err());
    assertFalse(Files.exists(output.resolve(".bisift-tmp")));
  }

  @Test
  void templatesBuildTheSameSet() throws IOException {
    ConvertPipeline.main(
        new String[] {"--annotations=" + annotations, "--output=" + output, "--labels=soft"});
    String written = Files.readString(output.resolve("data/part-00000-of-00001.jsonl"));
    assertEquals(4, written.lines().count());
    assertTrue(Files.exists(output.resolve("manifest.json")));
  }

  @Test
  void makesSeveralSetsThatAreTheOnesMadeAlone() throws IOException {
    Annotations.write(annotations.resolve("b.jsonl"), Annotations.rollout("fine", 1.0), "not json");
    Cli cli = select("--top-ratio=0.5", "--subset", "bis:alpha=0.2", "bis:ratio=0.25,alpha=0.05");
    assertOk(cli);
    Map<String, String> alone = Map.of("0.2", "0.5", "0.05", "0.25");
    for (Map.Entry<String, String> set : alone.entrySet()) {
      Path made = output.resolve("bis-alpha-" + set.getKey() + "-ratio-" + set.getValue());
      assertTrue(cli.out().contains(made + ": done in "), cli.out());
      Path own = folder.resolve("alone-" + set.getKey());
      assertOk(
          run(
              "select",
              "--annotations=" + annotations,
              "--output=" + own,
              "--alpha=" + set.getKey(),
              "--top-ratio=" + set.getValue()));
      assertEquals(OutputFiles.checksums(own), OutputFiles.checksums(made));
    }
    Cli again = select("--subset", "bis:alpha=0.05,ratio=0.25", "--subset=bis:alpha=0.3,ratio=1");
    assertOk(again);
    assertTrue(again.out().contains("ratio-0.25: complete and up to date"), again.out());
    assertTrue(again.out().contains("ratio-1.0: done in "), again.out());
  }

  @Test
  void dryRunNeedsNoOutput() {
    Cli one = run("select", "--annotations", annotations, "--top-ratio=0.5", "--dry-run");
    assertOk(one);
    assertTrue(one.out().contains("would write 2 records"), one.out());
    Cli two = run("select", "--annotations", annotations, "--subset=bis:ratio=1", "--dry-run");
    assertOk(two);
    assertTrue(two.out().contains("would write 4 records"), two.out());
  }

  @Test
  void plansSeveralSets() {
    Cli cli = select("--subset", "bis", "bis:ratio=1", "--dry-run");
    assertOk(cli);
    assertTrue(cli.out().contains("bis-alpha-0.05-ratio-0.25:\n"), cli.out());
    assertTrue(cli.out().contains("would write 4 records"), cli.out());
    assertFalse(Files.exists(output));
  }
}
