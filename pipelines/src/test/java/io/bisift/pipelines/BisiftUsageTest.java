package io.bisift.pipelines;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are wrong: one line on standard error, exit code 2, nothing written. */
class BisiftUsageTest {
  @TempDir Path folder;
  private Path annotations;
  private Path output;

  @BeforeEach
  void writeAnnotations() throws IOException {
    annotations = folder.resolve("annotations");
    output = folder.resolve("set");
    Annotations.source(annotations.resolve("a.jsonl"));
  }

  private void assertUsage(String message, Object... args) {
    Cli cli = Cli.run(args);
    assertAll(
        () -> assertEquals(2, cli.exitCode(), cli.err()),
        () -> assertTrue(cli.err().contains(message), cli.err()),
        () -> assertEquals(1, cli.err().lines().count(), cli.err()),
        () -> assertEquals("", cli.out()),
        () -> assertFalse(Files.exists(output)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top-ratio 0        | --top-ratio must be above 0 and at most 1, was 0.0",
        "--top-ratio 1.5      | --top-ratio must be above 0 and at most 1, was 1.5",
        "--top-ratio NaN      | --top-ratio must be above 0 and at most 1, was NaN",
        "--alpha -1           | --alpha must be a number of at least 0, was -1.0",
        "--alpha NaN          | --alpha must be a number of at least 0, was NaN",
        "--alpha Infinity     | --alpha must be a number of at least 0, was Infinity",
        "--alpha abc          | --alpha must be a number such as 0.05, was 'abc'",
        "--alpha 0,05         | --alpha must be a number such as 0.05, was '0,05'",
        "--threshold 1        | --threshold must be at least 0 and below 1, was 1.0",
        "--threshold NaN      | --threshold must be at least 0 and below 1, was NaN",
        "--threshold 7        | --threshold must be at least 0 and below 1, was 7.0",
        "--labels soft --threshold 7 | --threshold belongs to --labels hard",
        "--labels soft --threshold 0 | --threshold belongs to --labels hard",
        "--image-root nowhere/images | --image-root nowhere/images is not a folder",
        "--labels medium      | --labels must be one of hard, soft, was 'medium'",
        "--shards 0           | --shards must be at least 1, was 0",
        "--shards 1.5         | --shards must be a whole number such as 8, was '1.5'",
        "--shard-size 12XB    | --shard-size must be a size such as 64KB, 16MB or 1GB, was 12XB",
        "--shard-size 0       | --shard-size must be at least 1 byte, was 0",
        "--chunk-size 1       | --chunk-size must be at least",
        "--compression rar    | --compression must be one of none, gzip, zstd",
        "--max-rejected 2     | --max-rejected must be between 0 and 1, was 2.0",
        "--parallelism 0      | --parallelism must be at least 1, was 0",
        "--parallelism -1     | --parallelism must be at least 1, was -1",
        "--parallelism=-2     | --parallelism must be at least 1, was -2",
        "--force=maybe        | --force must be true or false, was 'maybe'",
        "--topp-ratio 0.1     | unknown option --topp-ratio; did you mean --top-ratio?",
        "--subset top:k=1     | --subset must be such as bis:alpha=0.2,ratio=0.1, was 'top:k=1': unknown score",
        "--subset bis:ratio=2 | was 'bis:ratio=2': --top-ratio must be above 0 and at most 1, was 2.0",
        "--subset bis:alpha   | was 'bis:alpha': 'alpha' has no =",
        "--subset bis:alpha=x | was 'bis:alpha=x': 'x' is no number",
        "--subset bis:beta=1  | unknown setting 'beta', there are alpha and ratio",
        "--subset bis bis:alpha=0.05 | --subset bis:alpha=0.05 is there twice",
        "--runner=FooRunner   | Beam does not take --runner=FooRunner: Unknown 'runner'",
        "--targetParallelism=x| Beam does not take --targetParallelism=x",
      })
  void namesTheValueThatIsWrong(String option, String message) {
    String[] words = option.split(" ", -1);
    Object[] args = new Object[words.length + 5];
    args[0] = "select";
    args[1] = "--annotations";
    args[2] = annotations;
    args[3] = "--output";
    args[4] = output;
    System.arraycopy(words, 0, args, 5, words.length);
    assertUsage(message, args);
  }

  @Test
  void knowsWhichCommandHasAnOption() {
    assertUsage("unknown option --top-ratio", "convert", "--top-ratio", "0.1");
  }

  @Test
  void guessesCommands() {
    assertUsage("unknown command 'slect'; did you mean select?", "slect");
    assertUsage("bisift --help lists the commands", "zzz");
    assertUsage("unknown command 'trian'; did you mean train?", "trian");
    assertUsage("runners/direct/bisift model --help starts it", "model");
    assertUsage("the command comes first", "--alpha", "1");
  }

  @Test
  void asksForWhatIsMissing() {
    assertUsage("--annotations is missing", "select", "--output", output);
    assertUsage("--output is missing", "select", "--annotations", annotations);
    assertUsage("--alpha needs a value", "select", "--alpha");
    assertUsage("--alpha needs a value", "select", "--alpha", "--force");
    assertUsage("unexpected argument", "select", annotations);
  }

  @Test
  void namesInputThatIsNotThere() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertUsage(
        "no annotations at " + folder.resolve("nowhere"),
        "convert",
        "--annotations",
        folder.resolve("nowhere"),
        "--output",
        output);
    assertUsage(
        "no annotations in " + empty, "convert", "--annotations", empty, "--output", output);
    assertUsage(
        "no annotations at " + empty + "/*.jsonl",
        "convert",
        "--annotations",
        empty + "/*.jsonl",
        "--output",
        output);
    assertUsage(
        "did you mean --annotations " + annotations,
        "convert",
        "--annotations",
        folder,
        "--output",
        output);
  }

  @Test
  void refusesTwoSourcesOfOneName() throws IOException {
    Path other = Annotations.source(folder.resolve("other/a.jsonl"));
    assertUsage(
        "two sources are called a.jsonl",
        "convert",
        "--annotations",
        annotations,
        other,
        "--output",
        output);
  }

  @Test
  void refusesAFolderThatIsNotItsOwn() throws IOException {
    Path thesis = Annotations.write(folder.resolve("mine/thesis.txt"), "years of work");
    Cli cli =
        Cli.run("convert", "--annotations", annotations, "--output", thesis.getParent(), "--force");
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("not Bisift's (thesis.txt)"), cli.err());
    assertEquals("years of work\n", Files.readString(thesis));
  }

  @Test
  void refusesAFolderWhoseRunFileIsNotItsOwn() throws IOException {
    Path run = Annotations.write(output.resolve("run.json"), "{\"my\": \"run\"}");
    for (String manifest : new String[] {null, "{}"}) {
      if (manifest != null) {
        Annotations.write(output.resolve("manifest.json"), manifest);
      }
      Cli cli = Cli.run("convert", "--annotations", annotations, "--output", output);
      assertEquals(2, cli.exitCode(), cli.err());
      assertTrue(cli.err().contains("run.json is not one of ours"), cli.err());
      assertEquals(1, cli.err().lines().count(), cli.err());
    }
    assertEquals("{\"my\": \"run\"}\n", Files.readString(run));
  }

  @Test
  void refusesAFileAsOutput() {
    Cli cli =
        Cli.run(
            "convert", "--annotations", annotations, "--output", annotations.resolve("a.jsonl"));
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("is a file; name a folder"), cli.err());
  }

  @Test
  void showsHelpWithoutACommand() {
    Cli cli = Cli.run();
    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("Commands"));
  }
}
