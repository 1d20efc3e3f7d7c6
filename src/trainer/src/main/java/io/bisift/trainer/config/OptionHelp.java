package io.bisift.trainer.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.OptionSpec;

/** The list of options in a command's help, under the headings of the classes that declare them. */
public final class OptionHelp {
  private OptionHelp() {}

  /** Makes a command and those below it list their options so. */
  public static void install(CommandLine line) {
    line.getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionHelp::list);
    line.getSubcommands().values().forEach(OptionHelp::install);
  }

  private static String list(Help help) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    sections.put("", new ArrayList<>()); // the command's own come first
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden()) {
        sections.computeIfAbsent(heading(option), name -> new ArrayList<>()).add(option);
      }
    }
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (heading, options) -> {
          Layout layout = help.createDefaultLayout();
          layout.addOptions(options, help.parameterLabelRenderer());
          text.append(heading.isEmpty() ? "" : System.lineSeparator() + heading)
              .append(heading.isEmpty() ? "" : System.lineSeparator())
              .append(layout);
        });
    return text.toString();
  }

  private static String heading(OptionSpec option) {
    if (option.userObject() instanceof Field field) {
      Heading heading = field.getDeclaringClass().getAnnotation(Heading.class);
      return heading == null ? "" : heading.value();
    }
    return "";
  }
}
