package io.bisift.model.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Changes one number in a JSON text and leaves every other character alone. */
final class JsonNumber {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonNumber() {}

  /**
   * @param pointer of the number, which must be there, such as {@code /a/b}
   * @param number its new text
   */
  static String replace(String text, String pointer, String number) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric()
            && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
          int start = (int) parser.currentTokenLocation().getCharOffset();
          return text.substring(0, start) + number + text.substring(start + parser.getTextLength());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no number at " + pointer);
  }
}
