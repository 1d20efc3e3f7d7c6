package io.bisift.pipelines.commandline;

import io.bisift.pipelines.options.Heading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** All options of a command, read off its interface and those that it extends. */
public final class OptionTable {
  private final Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
  private final Map<String, OptionSpec> byName = new LinkedHashMap<>();

  public OptionTable(Class<? extends PipelineOptions> options) {
    add(options);
  }

  private void add(Class<?> type) {
    if (type == PipelineOptions.class || !PipelineOptions.class.isAssignableFrom(type)) {
      return;
    }
    for (Class<?> parent : type.getInterfaces()) {
      add(parent);
    }
    Heading heading = type.getAnnotation(Heading.class);
    for (OptionSpec spec : OptionSpec.declaredBy(type)) {
      if (byName.putIfAbsent(spec.name(), spec) == null) {
        groups
            .computeIfAbsent(
                heading == null ? "Options" : heading.value(), key -> new ArrayList<>())
            .add(spec);
      }
    }
  }

  /** By heading, in the order of the help. */
  public Map<String, List<OptionSpec>> groups() {
    return groups;
  }

  /** An option by its Java name, or by the word on the command line. */
  Optional<OptionSpec> find(String name) {
    return Optional.ofNullable(byName.get(name))
        .or(() -> byName.values().stream().filter(spec -> spec.word().equals(name)).findFirst());
  }

  /** As typed, in Java's form. */
  List<String> words() {
    return byName.values().stream().map(OptionSpec::word).toList();
  }
}
