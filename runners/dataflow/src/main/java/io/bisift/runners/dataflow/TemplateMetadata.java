package io.bisift.runners.dataflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.bisift.formats.output.Json;
import io.bisift.pipelines.commandline.OptionSpec;
import io.bisift.pipelines.commandline.OptionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Dataflow is told of a flex template's parameters (the service's {@code TemplateMetadata}),
 * made from the interfaces that declare the options.
 */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TemplateMetadata(
    String name,
    String description,
    boolean streaming,
    @Nullable Boolean supportsAtLeastOnce,
    @Nullable Boolean supportsExactlyOnce,
    @Nullable String defaultStreamingMode,
    List<Parameter> parameters) {

  /** Of this process's threads; a cluster's size is the job's own setting. */
  private static final Set<String> LEFT_OUT = Set.of("parallelism");

  private static final String WHOLE = "^-?[0-9]+$";
  private static final String FRACTION = "^-?[0-9]*\\.?[0-9]+([eE]-?[0-9]+)?$";
  private static final String BUCKET = "^gs://.+$";
  private static final String BUCKET_OR_IMAGE = "^(gs://|/).+$";
  private static final String BUCKETS = "^(gs://.+|\\[\"gs://.+\"\\])$";

  /** One option. */
  @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Parameter(
      String name,
      String label,
      String helpText,
      boolean isOptional,
      String paramType,
      @Nullable List<String> regexes,
      @Nullable String defaultValue,
      @Nullable String groupName,
      @Nullable List<Choice> enumOptions) {}

  /** One word of a choice. */
  record Choice(String value, String label) {}

  static TemplateMetadata of(FlexTemplate template) {
    List<Parameter> parameters = new ArrayList<>();
    new OptionTable(template.options())
        .groups()
        .forEach(
            (heading, specs) ->
                specs.stream()
                    .filter(spec -> !LEFT_OUT.contains(spec.name()))
                    .forEach(spec -> parameters.add(parameter(heading, spec))));
    boolean streaming = template.isStreaming();
    // a stream's commits take each record once, however often the service brings it
    return new TemplateMetadata(
        "Bisift " + template.id(),
        template.command().description(),
        streaming,
        streaming ? true : null,
        streaming ? true : null,
        streaming ? "AT_LEAST_ONCE" : null,
        parameters);
  }

  private static Parameter parameter(String heading, OptionSpec spec) {
    String regex = regex(spec);
    return new Parameter(
        spec.name(),
        label(spec.word()),
        spec.isList()
            ? spec.description() + ". Several values are a list: [\"a\",\"b\"]"
            : spec.description(),
        !spec.required(),
        type(spec),
        regex == null ? null : List.of(regex),
        spec.isFlag() ? "false" : spec.defaultValue(),
        heading,
        spec.choices().isEmpty()
            ? null
            : spec.choices().stream().map(word -> new Choice(word, word)).toList());
  }

  private static String type(OptionSpec spec) {
    if (spec.isFlag()) {
      return "BOOLEAN";
    } else if (!spec.choices().isEmpty()) {
      return "ENUM";
    }
    return switch (spec.name()) {
      case "output" -> "GCS_WRITE_FOLDER";
      case "pubsub" -> "PUBSUB_SUBSCRIPTION";
      default -> "TEXT";
    };
  }

  private static @Nullable String regex(OptionSpec spec) {
    if (DataflowDefaults.PATHS.contains(spec.name())) {
      return spec.isList() ? BUCKETS : BUCKET;
    }
    if (spec.name().equals(DataflowDefaults.CHECKPOINT)) {
      return BUCKET_OR_IMAGE;
    }
    return spec.isWhole() ? WHOLE : spec.isFractional() ? FRACTION : null;
  }

  /** {@code topRatio} as {@code Top ratio}. */
  private static String label(String word) {
    String words = word.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  String json() {
    return Json.pretty(this);
  }

  /** Where a template's metadata is kept. */
  static Path file(Path folder, FlexTemplate template) {
    return folder.resolve(template.id() + ".json");
  }

  /** Writes the metadata of all templates into a folder. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    for (FlexTemplate template : FlexTemplate.values()) {
      Files.writeString(file(folder, template), of(template).json());
    }
  }
}
