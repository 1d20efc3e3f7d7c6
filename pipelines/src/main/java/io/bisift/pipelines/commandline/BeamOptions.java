package io.bisift.pipelines.commandline;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The options of Beam, its runners and its file systems, as far as they are on the class path. */
final class BeamOptions {
  /** The type of the value, by name. */
  private final Map<String, Class<?>> types = new TreeMap<>();

  private BeamOptions() {}

  static BeamOptions onClassPath() {
    BeamOptions options = new BeamOptions();
    options.add(PipelineOptions.class);
    PipelineOptionsFactory.getRegisteredOptions().forEach(options::add);
    return options;
  }

  /** For a command without Beam. */
  static BeamOptions none() {
    return new BeamOptions();
  }

  private void add(Class<?> type) {
    for (Method method : type.getMethods()) {
      if (OptionNames.isGetter(method)) {
        types.put(OptionNames.ofGetter(method.getName()), method.getReturnType());
      }
    }
  }

  /** Whether an option, by its Java name, is a flag; nothing if there is no such option. */
  Optional<Boolean> isFlag(String name) {
    return Optional.ofNullable(types.get(name))
        .map(type -> type == boolean.class || type == Boolean.class);
  }

  /** Whether there is such an option, and its value is a map, which is written as JSON. */
  boolean isMap(String name) {
    return types.get(name) == Map.class;
  }

  Set<String> names() {
    return types.keySet();
  }
}
