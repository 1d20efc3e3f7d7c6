package io.bisift.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.pipelines.Annotations;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.convert.ConvertOptions;
import io.bisift.pipelines.convert.ConvertPipeline;
import io.bisift.pipelines.options.ParameterReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int start(String... args) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    return Template.start(
        new Screen(stream, stream, /* terminal= */ false),
        ConvertOptions.class,
        options ->
            RunGroup.of(ParameterReader.read(options, Command.CONVERT, /* topRatio= */ null)),
        args);
  }

  private String error() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsAMistakeInTheArgumentsInOneLine() {
    assertEquals(2, start("--annotations=a", "--output=" + folder, "--alpha=-1"));
    assertEquals(
        "bisift: --alpha must be a number of at least 0, was -1.0" + System.lineSeparator(),
        error());
  }

  @Test
  void tellsWhatTheRunnerWrapped() throws IOException {
    Path annotations = Annotations.source(folder.resolve("annotations/a.jsonl"));
    Path mine = Annotations.write(folder.resolve("mine/thesis.txt"), "years of work").getParent();
    assertEquals(2, start("--annotations=" + annotations, "--output=" + mine));
    assertTrue(error().startsWith("bisift: " + mine + " holds files"), error());
    assertEquals(1, error().lines().count(), error());
  }

  @Test
  void throwsWhatIsNoMistakeOfTheUser() {
    assertThrows(
        IllegalStateException.class,
        () ->
            Template.start(
                Screen.ofProcess(),
                ConvertOptions.class,
                options -> {
                  throw new IllegalStateException("bug");
                }));
  }

  @Test
  void endsTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ConvertPipeline.class.getName(),
                "--alpha=x")
            .start();
    String printed = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor());
    assertTrue(printed.contains("bisift: --alpha must be a number such as 0.05"), printed);
    assertTrue(!printed.contains("\tat "), printed);
  }
}
