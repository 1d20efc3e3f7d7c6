package io.bisift.pipelines.synth;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynthCommandTest {
  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("corpus");
  }

  @Test
  void saysInOneLineWhatItWrote() {
    Cli cli = Cli.run("synth", "--output", output, "--scale", "0.001");

    assertEquals(0, cli.exitCode(), cli.err());
    assertTrue(cli.out().startsWith(output + ": 563 rollouts, 3,167 steps, "), cli.out());
    assertTrue(cli.out().contains(" in 38 files; "), cli.out());
    assertEquals(1, cli.out().lines().count());
  }

  @Test
  void countsBrokenLines() {
    Cli cli =
        Cli.run("synth", "--output", output, "--scale", "0.001", "--bad", "0.5", "--single-source");

    assertTrue(cli.out().contains(", 563 broken lines, "), cli.out());
    assertTrue(cli.out().contains(" in 1 file; "), cli.out());
  }

  @Test
  void saysNothingIfQuiet() {
    assertEquals(
        new Cli(0, "", ""), Cli.run("synth", "--output", output, "--scale", "0.001", "--quiet"));
    assertTrue(Files.exists(output.resolve("synth.json")));
  }

  @Test
  void writesWhatSelectReads() {
    Cli.run("synth", "--output", output, "--scale", "0.001", "--bad", "0.1");
    Cli cli =
        Cli.run("select", "--annotations", output, "--output", folder.resolve("set"), "--quiet");

    assertEquals(new Cli(0, "", ""), cli);
  }

  @Test
  void refusesAFolderWithStrangeFiles() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("notes.txt"), "mine");
    Cli cli = Cli.run("synth", "--output", output, "--scale", "0.001");

    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("did not write: notes.txt;"), cli.err());
    assertEquals(1, cli.err().lines().count());
  }

  @Test
  void failsWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Cli cli = Cli.run("synth", "--output", file.resolve("below"), "--scale", "0.001");

    assertEquals(1, cli.exitCode());
    assertEquals(1, cli.err().lines().count(), cli.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scale=0         | --scale must be above 0 and at most 1000, was 0.0",
        "--scale=much      | --scale must be a number such as 0.05, was 'much'",
        "--seed=1.5        | --seed must be a whole number such as 8, was '1.5'",
        "--bad=1           | --bad must be from 0 to 0.9, was 1.0",
        "--files=0         | --files must be at least 1, was 0",
        "--files=5         | --files must be from 38 (the sources) to 565149 (the rollouts), was 5",
        "--parallelism=0   | --parallelism must be at least 1, was 0",
        "--compression=rar | --compression must be one of none, gzip, zstd",
        "--output=gs://b/c | --output must be a folder on this machine, was gs://b/c",
        "--output=         | --output is missing; name a folder",
        "--sale=2          | unknown option --sale; did you mean --scale?",
      })
  void namesTheValueThatIsWrong(String option, String message) {
    Cli cli = Cli.run("synth", "--output", output, option);
    assertAll(
        () -> assertEquals(2, cli.exitCode(), cli.err()),
        () -> assertTrue(cli.err().contains(message), cli.err()),
        () -> assertEquals(1, cli.err().lines().count(), cli.err()),
        () -> assertEquals("", cli.out()),
        () -> assertFalse(Files.exists(output)));
  }

  @Test
  void needsAnOutput() {
    Cli cli = Cli.run("synth");

    assertEquals(2, cli.exitCode());
    assertTrue(cli.err().contains("--output is missing"), cli.err());
  }

  @Test
  void explainsAllOptions() {
    String help = Cli.run("synth", "--help").out();

    for (String option :
        new String[] {
          "--arbitrary-scores",
          "--bad SHARE",
          "--compression none|gzip|zstd",
          "--files N",
          "--force",
          "--output FOLDER  (required)",
          "--parallelism N",
          "--quiet",
          "--scale NUMBER  (default 1.0)",
          "--seed N  (default 0)",
          "--single-source"
        }) {
      assertTrue(help.contains("\n  " + option), option);
    }
  }
}
