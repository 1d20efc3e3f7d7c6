package io.bisift.runners.flink.kubernetes;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** Holds settings against the options that Flink declares, by which it reads them. */
final class FlinkSettings {
  private static final Pattern OPTIONS =
      Pattern.compile("org/apache/flink/configuration/[A-Za-z]+Options\\.class");

  /** Options of a reporter are declared without its name. */
  private static final Pattern REPORTER = Pattern.compile("^metrics\\.reporter\\.\\w+\\.");

  /** Declared by the reporter for Prometheus, out of sight. */
  private static final ConfigOption<Integer> PROMETHEUS_PORT =
      ConfigOptions.key("port").intType().noDefaultValue();

  private final Map<String, ConfigOption<?>> declared = new HashMap<>();

  private FlinkSettings() {}

  static FlinkSettings ofFlink() throws Exception {
    FlinkSettings settings = new FlinkSettings();
    settings.declared.put(PROMETHEUS_PORT.key(), PROMETHEUS_PORT);
    for (String name : classes()) {
      settings.declare(Class.forName(name));
    }
    return settings;
  }

  private static List<String> classes() throws IOException {
    String core = ConfigOption.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile jar = new JarFile(Path.of(core).toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> OPTIONS.matcher(name).matches())
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }

  private void declare(Class<?> options) throws IllegalAccessException {
    for (Field field : options.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
        declared.put(option.key(), option);
      }
    }
  }

  int size() {
    return declared.size();
  }

  /** What is wrong: settings that Flink does not know, and values that it cannot read. */
  List<String> complaints(Map<String, String> settings) {
    List<String> complaints = new ArrayList<>();
    settings.forEach(
        (key, value) -> {
          String known = REPORTER.matcher(key).replaceFirst("");
          ConfigOption<?> option = declared.get(known);
          if (option == null) {
            complaints.add(key + " is unknown");
          } else if (!isReadable(option, value)) {
            complaints.add(key + " cannot be " + value);
          }
        });
    return complaints;
  }

  private static boolean isReadable(ConfigOption<?> option, String value) {
    try {
      return Configuration.fromMap(Map.of(option.key(), value)).getOptional(option).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
