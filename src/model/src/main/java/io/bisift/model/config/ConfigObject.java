package io.bisift.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.core.UserException;

/**
 * One object of a config.json: typed values, and errors that say where. A field that is null counts
 * as absent.
 *
 * @param where file and path of the object, for messages
 */
record ConfigObject(String where, JsonNode node) {
  boolean has(String field) {
    return node.hasNonNull(field);
  }

  ConfigObject object(String field) {
    JsonNode child = node.path(field);
    if (!child.isObject()) {
      throw wrong(field, "an object");
    }
    return new ConfigObject(where + "." + field, child);
  }

  String text(String field) {
    if (!node.path(field).isTextual()) {
      throw wrong(field, "a string");
    }
    return node.path(field).textValue();
  }

  String text(String field, String absent) {
    return has(field) ? text(field) : absent;
  }

  double number(String field) {
    if (!node.path(field).isNumber()) {
      throw wrong(field, "a number");
    }
    return node.path(field).doubleValue();
  }

  double number(String field, double absent) {
    return has(field) ? number(field) : absent;
  }

  int integer(String field) {
    if (!node.path(field).canConvertToInt() || !node.path(field).canConvertToExactIntegral()) {
      throw wrong(field, "a whole number");
    }
    return node.path(field).intValue();
  }

  int integer(String field, int absent) {
    return has(field) ? integer(field) : absent;
  }

  /** A whole number of at least 1. */
  int size(String field) {
    int value = integer(field);
    if (value < 1) {
      throw UserException.failure("%s.%s must be at least 1, is %d".formatted(where, field, value));
    }
    return value;
  }

  int size(String field, int absent) {
    return has(field) ? size(field) : absent;
  }

  boolean flag(String field, boolean absent) {
    if (has(field) && !node.path(field).isBoolean()) {
      throw wrong(field, "true or false");
    }
    return has(field) ? node.path(field).booleanValue() : absent;
  }

  /** Refuses a model that computes something else than the network does. */
  void mustBe(String field, String value) {
    String found = text(field, value);
    if (!found.equals(value)) {
      throw UserException.failure(
          "%s.%s is %s; only %s is supported".formatted(where, field, found, value));
    }
  }

  private UserException wrong(String field, String expected) {
    String found = node.hasNonNull(field) ? "is " + node.path(field) : "is missing";
    return UserException.failure(
        "%s.%s %s; it must be %s".formatted(where, field, found, expected));
  }
}
