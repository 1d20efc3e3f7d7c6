package io.bisift.pipelines.commandline;

import io.bisift.core.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The options on a command line: a command's own, with their values, and Beam's, as text. */
public final class GivenOptions {
  private final Map<OptionSpec, Object> own = new LinkedHashMap<>();
  private final Map<String, List<String>> beam = new LinkedHashMap<>();

  void addOwn(OptionSpec spec, String text) {
    Object value = spec.parse(text);
    if (spec.isList()) {
      List<String> values = new ArrayList<>();
      if (own.get(spec) instanceof List<?> before) {
        before.forEach(item -> values.add(item.toString()));
      }
      values.add(value.toString());
      own.put(spec, values);
    } else {
      own.put(spec, value); // as usual in shells, the last one counts
    }
  }

  void addBeam(String name, String value) {
    beam.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** What was given for an option, by its Java name, as text. */
  public Optional<String> value(String name) {
    for (Map.Entry<OptionSpec, Object> entry : own.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        return Optional.of(entry.getValue().toString());
      }
    }
    return Optional.ofNullable(beam.get(name)).map(values -> values.get(values.size() - 1));
  }

  /** All that was given for an option, by its Java name, as texts. */
  public List<String> values(String name) {
    for (Map.Entry<OptionSpec, Object> entry : own.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        return entry.getValue() instanceof List<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of(entry.getValue().toString());
      }
    }
    return List.copyOf(beam.getOrDefault(name, List.of()));
  }

  /** Whether any option is one of Beam's. */
  boolean hasBeamOptions() {
    return !beam.isEmpty();
  }

  /** A command's own options, without Beam. */
  <T extends PipelineOptions> T own(Class<T> type) {
    return OwnOptions.of(type, own);
  }

  /**
   * Beam's form of all this.
   *
   * @param defaults added where nothing was given
   * @throws UserException if Beam does not take a value
   */
  <T extends PipelineOptions> T as(Class<T> type, RunnerDefaults defaults) {
    List<String> args = new ArrayList<>();
    beam.forEach((name, values) -> values.forEach(value -> args.add(argument(name, value))));
    defaults
        .of(this)
        .forEach(
            (name, value) -> {
              if (!beam.containsKey(name)) {
                args.add(argument(name, value));
              }
            });
    T options;
    try {
      options = PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(type);
    } catch (IllegalArgumentException e) {
      throw refused(args, e);
    }
    own.forEach((spec, value) -> spec.set(options, value));
    return options;
  }

  private static String argument(String name, String value) {
    return "--" + name + "=" + value;
  }

  /** Names the argument that Beam does not take, where that is one alone. */
  private static UserException refused(List<String> args, IllegalArgumentException all) {
    for (String arg : args) {
      try {
        PipelineOptionsFactory.fromArgs(arg).create();
      } catch (IllegalArgumentException e) {
        return UserException.usage("Beam does not take " + arg + ": " + firstLine(e));
      }
    }
    return UserException.usage(firstLine(all));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("bad option");
  }
}
