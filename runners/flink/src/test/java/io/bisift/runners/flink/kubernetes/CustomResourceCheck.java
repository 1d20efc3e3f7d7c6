package io.bisift.runners.flink.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Holds a manifest against the operator's own definition of it, as a Kubernetes server would. */
final class CustomResourceCheck {
  private static final YAMLMapper YAML = new YAMLMapper();

  private final List<String> complaints = new ArrayList<>();

  private CustomResourceCheck() {}

  /** What is wrong: fields that do not exist, and values of another type. */
  static List<String> complaints(JsonNode manifest) throws IOException {
    String plural = manifest.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
    JsonNode definition;
    try (InputStream in =
        Objects.requireNonNull(
            CustomResourceCheck.class.getResourceAsStream(
                "/META-INF/fabric8/" + plural + ".flink.apache.org-v1.yml"))) {
      definition = YAML.readTree(in);
    }
    JsonNode version = definition.path("spec").path("versions").path(0);
    CustomResourceCheck check = new CustomResourceCheck();
    String name = manifest.path("apiVersion").asText();
    if (!name.equals("flink.apache.org/" + version.path("name").asText())) {
      check.complaints.add("apiVersion " + name + " is unknown");
    }
    check.visit(
        "spec", version.at("/schema/openAPIV3Schema/properties/spec"), manifest.get("spec"));
    return check.complaints;
  }

  private void visit(String path, JsonNode schema, JsonNode value) {
    String type = schema.path("type").asText();
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      require(value.isInt() || value.isTextual(), path, "int or string");
    } else if (type.equals("object")) {
      require(value.isObject(), path, type);
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        visitField(path + "." + field.getKey(), schema, field.getKey(), field.getValue());
      }
    } else if (type.equals("array")) {
      require(value.isArray(), path, type);
      value.forEach(item -> visit(path + "[]", schema.path("items"), item));
    } else {
      require(isScalar(type, value), path, type);
      requireListed(path, schema.path("enum"), value);
    }
  }

  private void visitField(String path, JsonNode schema, String name, JsonNode value) {
    JsonNode known = schema.path("properties").path(name);
    if (known.isMissingNode()) {
      known = schema.path("additionalProperties");
    }
    if (known.isMissingNode()) {
      complaints.add(path + " is unknown");
    } else {
      visit(path, known, value);
    }
  }

  private static boolean isScalar(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException("a definition with the type " + type);
    };
  }

  private void requireListed(String path, JsonNode allowed, JsonNode value) {
    if (allowed.isArray()) {
      for (JsonNode one : allowed) {
        if (one.equals(value)) {
          return;
        }
      }
      complaints.add(path + " is none of " + allowed);
    }
  }

  private void require(boolean fits, String path, String type) {
    if (!fits) {
      complaints.add(path + " is no " + type);
    }
  }
}
