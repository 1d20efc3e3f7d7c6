package io.bisift.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bisift.core.UserException;
import io.bisift.core.message.Suggestion;
import io.bisift.model.commandline.ChoiceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings from a YAML file: a key for each option, written as on the command line without its
 * dashes; lists where an option takes several values. The command line overrides the file.
 */
public final class ConfigFile implements IDefaultValueProvider {
  private static final ObjectMapper YAML =
      YAMLMapper.builder(YAMLFactory.builder().build())
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, String> values;

  private ConfigFile(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a file.
   *
   * @param known names of the options that may stand in it, without dashes
   * @throws UserException if it cannot be read, is no map of settings, or has unknown ones
   */
  public static ConfigFile read(Path file, Collection<String> known) {
    JsonNode root;
    try {
      root = YAML.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw UserException.usage(
          file
              + " is not YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
    } catch (NoSuchFileException e) {
      throw UserException.usage("no such configuration file: " + file);
    } catch (IOException e) {
      throw UserException.usage("cannot read " + file + ": " + e.getMessage());
    }
    Map<String, String> values = new LinkedHashMap<>();
    if (!root.isMissingNode() && !root.isNull()) {
      if (!root.isObject()) {
        throw UserException.usage(file + " is no map of settings, such as 'learning-rate: 1e-5'");
      }
      for (Map.Entry<String, JsonNode> entry : root.properties()) {
        values.put(checked(entry.getKey(), file, known), text(entry, file));
      }
    }
    return new ConfigFile(values);
  }

  /**
   * All settings of a command as they stand after parsing, as a file would have them: what was
   * given, what the file has, defaults.
   */
  public static Map<String, String> settings(CommandSpec command) {
    Map<String, String> settings = new TreeMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      if (value == null || option.usageHelp() || option.versionHelp()) {
        continue;
      }
      String text =
          value instanceof Collection<?> several
              ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
              : value instanceof Enum<?> choice ? ChoiceNames.name(choice) : value.toString();
      settings.put(option.longestName().replaceFirst("^--", ""), text);
    }
    return settings;
  }

  private static String checked(String key, Path file, Collection<String> known) {
    if (!known.contains(key)) {
      throw UserException.usage(
          file
              + ": unknown setting '"
              + key
              + "'"
              + Suggestion.nearest(key, known)
                  .map(name -> "; did you mean " + name + "?")
                  .orElse("; bisift train fit --help lists them all"));
    }
    return key;
  }

  private static String text(Map.Entry<String, JsonNode> entry, Path file) {
    JsonNode value = entry.getValue();
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(part.asText()));
      return String.join(",", parts);
    }
    if (!value.isValueNode() || value.isNull()) {
      throw UserException.usage(
          file + ": " + entry.getKey() + " needs a value or a list of values");
    }
    return value.asText();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? values.get(option.longestName().replaceFirst("^--", ""))
        : null;
  }
}
