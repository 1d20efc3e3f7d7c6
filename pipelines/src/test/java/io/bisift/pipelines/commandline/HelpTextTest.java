package io.bisift.pipelines.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.pipelines.Cli;
import io.bisift.pipelines.convert.ConvertCommand;
import io.bisift.pipelines.options.Typed;
import io.bisift.pipelines.select.SelectCommand;
import java.lang.reflect.Method;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTextTest {
  static List<CliCommand> commands() {
    return List.of(new SelectCommand(), new ConvertCommand());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void listsEveryOption(CliCommand command) {
    String help = HelpText.of(command);
    for (Method getter : command.options().getMethods()) {
      if (getter.getDeclaringClass() != PipelineOptions.class
          && PipelineOptions.class.isAssignableFrom(getter.getDeclaringClass())
          && OptionNames.isGetter(getter)) {
        Typed typed = getter.getAnnotation(Typed.class);
        String name = typed == null ? OptionNames.ofGetter(getter.getName()) : typed.value();
        String option = "--" + OptionNames.kebab(name);
        assertTrue(help.contains("\n  " + option), option);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void describesEveryOption(CliCommand command) {
    new OptionTable(command.options())
        .groups()
        .values()
        .forEach(
            specs ->
                specs.forEach(spec -> assertTrue(spec.description().length() > 20, spec.typed())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void givesExamplesThatParse(CliCommand command) {
    assertTrue(command.examples().size() >= 3);
    for (String example : command.examples()) {
      assertTrue(HelpText.of(command).contains(example));
      List<String> words = List.of(example.replace("'", "").split(" ", -1));
      ArgumentParser.parse(command, words.subList(2, words.size()));
    }
  }

  @Test
  void showsDefaultsAndRequiredOptions() {
    String help = HelpText.of(new SelectCommand());
    assertTrue(help.contains("--top-ratio FRACTION  (default 0.25)"), help);
    assertTrue(help.contains("--labels hard|soft  (default hard)"), help);
    assertTrue(help.contains("--annotations PATH...  (required)"), help);
    assertTrue(help.contains("  --force\n"), help);
    assertFalse(help.contains("default -1"), help);
  }

  @Test
  void isShownOnRequest() {
    for (List<String> args :
        List.of(
            List.of("select", "--help"),
            List.of("select", "--alpha", "-h"),
            List.of("help", "select"))) {
      Cli cli = Cli.run(args.toArray());
      assertEquals(0, cli.exitCode());
      assertEquals(HelpText.of(new SelectCommand()) + System.lineSeparator(), cli.out());
    }
    assertTrue(Cli.run("--help").out().contains("convert"));
  }

  @Test
  void versionNamesEverythingThatMatters() {
    String version = Cli.run("--version").out();
    assertTrue(
        version.matches("bisift \\d\\S* \\(Apache Beam \\d+\\.\\d+\\.\\d+, Java \\d\\S*\\)\\s*"),
        version);
  }
}
