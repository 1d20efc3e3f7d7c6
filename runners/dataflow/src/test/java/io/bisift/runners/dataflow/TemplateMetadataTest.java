package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import io.bisift.pipelines.commandline.ArgumentParser;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds templates/*.json and the options' interfaces together. */
class TemplateMetadataTest {
  private static final Path FOLDER = Path.of("templates");

  private static JsonNode parameters(FlexTemplate template) throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(TemplateMetadata.file(FOLDER, template)))
        .get("parameters");
  }

  @ParameterizedTest
  @EnumSource
  void isWhatTheOptionsSay(FlexTemplate template) throws IOException {
    assertEquals(
        TemplateMetadata.of(template).json(),
        Files.readString(TemplateMetadata.file(FOLDER, template)),
        "the options have changed; runners/dataflow/flex metadata writes the files again");
  }

  /** Read off the interface by other means than the generator's. */
  @ParameterizedTest
  @EnumSource
  void namesEveryOptionOnce(FlexTemplate template) throws IOException {
    List<String> named = new ArrayList<>();
    Set<String> required = new TreeSet<>();
    for (JsonNode parameter : parameters(template)) {
      named.add(parameter.get("name").asText());
      if (!parameter.get("isOptional").asBoolean()) {
        required.add(parameter.get("name").asText());
      }
    }
    Set<String> declared = new TreeSet<>();
    Set<String> needed = new TreeSet<>();
    for (Method method : template.options().getMethods()) {
      if (method.getName().startsWith("get")
          && method.getDeclaringClass() != PipelineOptions.class
          && PipelineOptions.class.isAssignableFrom(method.getDeclaringClass())) {
        String name =
            method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                + method.getName().substring(4);
        declared.add(name);
        if (method.isAnnotationPresent(Validation.Required.class)) {
          needed.add(name);
        }
      }
    }
    assertTrue(declared.remove("parallelism") || template.isStreaming());
    assertEquals(new ArrayList<>(declared), named.stream().sorted().toList());
    assertEquals(needed, required);
  }

  /** As the service hands them over: by these names, and as the regular expressions have them. */
  @ParameterizedTest
  @EnumSource
  void hasDefaultsThatThePipelineTakes(FlexTemplate template) throws IOException {
    List<String> args = new ArrayList<>();
    for (JsonNode parameter : parameters(template)) {
      String name = parameter.get("name").asText();
      if (!parameter.has("defaultValue")) {
        continue;
      }
      String value = parameter.get("defaultValue").asText();
      args.add("--" + name + "=" + value);
      for (JsonNode regex : parameter.path("regexes")) {
        assertTrue(value.matches(regex.asText()), name + " " + value);
      }
      for (JsonNode choice : parameter.path("enumOptions")) {
        ArgumentParser.parse(template.options(), "--" + name + "=" + choice.get("value").asText());
      }
    }
    assertFalse(args.isEmpty());
    ArgumentParser.parse(template.options(), args.toArray(String[]::new));
  }

  /** The service's own types take it whole: a name that they do not know would be left over. */
  @ParameterizedTest
  @EnumSource
  void isInTheServicesOwnTerms(FlexTemplate template) throws IOException {
    com.google.api.services.dataflow.model.TemplateMetadata metadata =
        GsonFactory.getDefaultInstance()
            .fromString(
                Files.readString(TemplateMetadata.file(FOLDER, template)),
                com.google.api.services.dataflow.model.TemplateMetadata.class);
    assertEquals(Set.of(), metadata.getUnknownKeys().keySet());
    assertEquals("Bisift " + template.id(), metadata.getName());
    assertEquals(template == FlexTemplate.STREAM, metadata.getStreaming());
    for (ParameterMetadata parameter : metadata.getParameters()) {
      assertEquals(Set.of(), parameter.getUnknownKeys().keySet(), parameter.getName());
      assertFalse(parameter.getLabel().isEmpty() || parameter.getHelpText().isEmpty());
      if (parameter.getEnumOptions() != null) {
        parameter
            .getEnumOptions()
            .forEach(choice -> assertEquals(Set.of(), choice.getUnknownKeys().keySet()));
      }
    }
  }

  /** A stream's commits take each record once, whatever the service repeats. */
  @Test
  void letsTheServiceRepeatWhatAStreamReads() throws IOException {
    JsonNode metadata =
        new ObjectMapper()
            .readTree(Files.readString(TemplateMetadata.file(FOLDER, FlexTemplate.STREAM)));
    assertTrue(metadata.get("supportsAtLeastOnce").asBoolean());
    assertTrue(metadata.get("supportsExactlyOnce").asBoolean());
    assertEquals("AT_LEAST_ONCE", metadata.get("defaultStreamingMode").asText());
  }

  @ParameterizedTest
  @EnumSource
  void keepsPathsInBuckets(FlexTemplate template) throws IOException {
    int paths = 0;
    for (JsonNode parameter : parameters(template)) {
      String regex = parameter.path("regexes").path(0).asText();
      if (parameter.get("name").asText().equals("checkpoint")) {
        assertTrue("/opt/model".matches(regex), "in the workers' image");
        assertFalse("checkpoints/a".matches(regex));
      } else if (regex.contains("gs://")) {
        paths++;
        assertTrue("gs://my-bucket/a".matches(regex));
        assertFalse("/home/me/a".matches(regex));
      }
    }
    assertTrue(paths >= 3, "only " + paths);
  }
}
