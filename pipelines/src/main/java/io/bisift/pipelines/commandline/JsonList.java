package io.bisift.pipelines.commandline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import java.util.List;

/** Several values in one argument: {@code ["gs://a/x.jsonl", "gs://b/y.jsonl"]}. */
final class JsonList {
  private JsonList() {}

  static boolean isOne(String value) {
    return value.startsWith("[\"") && value.endsWith("\"]");
  }

  /**
   * The values.
   *
   * @param typed the option's name, for messages
   * @throws UserException if it is no list of texts
   */
  static List<String> read(String typed, String value) {
    try {
      return List.of(Json.parse(value, String[].class));
    } catch (JsonProcessingException | NullPointerException e) {
      throw UserException.usage(
          "--" + typed + " must be a value or a list such as [\"a\",\"b\"], was '" + value + "'");
    }
  }
}
