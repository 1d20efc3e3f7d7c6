package io.bisift.beam.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where messages say what source they belong to and what id they have: in a header (of Pub/Sub: an
 * attribute), or in a field of the record.
 *
 * @param sourceHeader header with the source's name
 * @param sourceField field of the record with it, or null: none is looked at
 * @param idHeader header with the record's id
 * @param idField field of the record with it, or null: none is looked at
 * @param timeHeader header with the event's time, or null: none is looked at
 * @param timeField field of the record with it, or null: none is looked at
 */
public record RecordNames(
    String sourceHeader,
    @Nullable String sourceField,
    String idHeader,
    @Nullable String idField,
    @Nullable String timeHeader,
    @Nullable String timeField)
    implements Serializable {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The text or number in a field of a record; empty if there is none, or no record.
   *
   * @param name of a field at the top level
   */
  public static String field(byte[] record, String name) {
    try (JsonParser parser = JSON.createParser(record)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "";
      }
      String found = "";
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        JsonToken value = parser.nextToken();
        if (wanted) { // the last of equal names counts
          found = value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : "";
        }
        parser.skipChildren();
      }
      return found;
    } catch (IOException e) {
      return ""; // the record will be rejected for what is wrong with it
    }
  }
}
