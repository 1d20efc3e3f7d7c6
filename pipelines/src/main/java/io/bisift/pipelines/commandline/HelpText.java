package io.bisift.pipelines.commandline;

import java.util.ArrayList;
import java.util.List;

/** The help, made from the commands and from the interfaces that declare their options. */
final class HelpText {
  private static final int WIDTH = 100;
  private static final int INDENT = 6;

  private HelpText() {}

  static String general(List<CliCommand> commands, List<OtherCommand> others) {
    StringBuilder text = new StringBuilder();
    text.append("Bisift makes small training sets for multimodal process reward models.\n\n")
        .append("  bisift COMMAND --annotations PATH... --output FOLDER [options]\n\n")
        .append("Commands\n");
    for (CliCommand command : commands) {
      text.append(line(command.name(), command.summary()));
    }
    others.forEach(other -> text.append(line(other.name(), other.summary())));
    text.append(
            "\nbisift COMMAND --help tells all about one; bisift --version tells the version.\n")
        .append("Exit codes: 0 done, 1 failed, 2 the command line is wrong.");
    return text.toString();
  }

  private static String line(String name, String summary) {
    return String.format("  %-10s%s%n", name, summary);
  }

  static String of(CliCommand command) {
    StringBuilder text = new StringBuilder();
    text.append("bisift ").append(command.name()).append(": ").append(command.summary());
    text.append("\n\n").append(String.join("\n", wrap(command.description(), WIDTH))).append('\n');
    new OptionTable(command.options())
        .groups()
        .forEach(
            (heading, specs) -> {
              text.append('\n').append(heading).append('\n');
              specs.forEach(spec -> append(text, spec));
            });
    if (command.takesBeamOptions()) {
      text.append("\nBeam\n")
          .append("  every option of Beam and of its runners passes through, for example\n")
          .append("  --runner=NAME or --temp-location=FOLDER; Beam does the work then\n");
    }
    text.append("\nExamples\n");
    command.examples().forEach(example -> text.append("  ").append(example).append('\n'));
    return text.append(
            "\nOptions are taken as --top-ratio 0.1, --top-ratio=0.1 and --topRatio=0.1.")
        .toString();
  }

  private static void append(StringBuilder text, OptionSpec spec) {
    text.append("  ").append(spec.typed());
    if (!spec.isFlag()) {
      text.append(' ').append(spec.valueName());
    }
    String value = spec.defaultValue();
    if (spec.required()) {
      text.append("  (required)");
    } else if (value != null) {
      text.append("  (default ").append(value).append(')');
    }
    text.append('\n');
    for (String line : wrap(spec.description(), WIDTH - INDENT)) {
      text.append(" ".repeat(INDENT)).append(line).append('\n');
    }
  }

  /** Breaks a text into lines at spaces. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
