package io.bisift.formats.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How the files that describe a set are written: snake_case names, two spaces, {@code \n}. */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // the shortest form, on every JDK
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final ObjectWriter PRETTY = MAPPER.writer(printer());

  private Json() {}

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
  }

  /** The value as a file has it. */
  public static String pretty(Object value) {
    try {
      return PRETTY.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write as JSON: " + value, e);
    }
  }

  /** Writes the value as a file has it, piece by piece; does not close {@code out}. */
  static void write(Object value, OutputStream out) throws IOException {
    PRETTY.without(StreamWriteFeature.AUTO_CLOSE_TARGET).writeValue(out, value);
    out.write('\n');
  }

  /**
   * The value in a text that {@link #pretty} made.
   *
   * @throws JsonProcessingException if it is something else
   */
  public static <T> T parse(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(text, type);
  }

  /**
   * The value in a file that {@link #write} wrote; nothing if there is no such file, or it was cut
   * short by a kill, or is somebody else's.
   */
  public static <T> Optional<T> read(Storage storage, String path, Class<T> type)
      throws IOException {
    if (!storage.isFile(path)) {
      return Optional.empty();
    }
    try (InputStream in = Channels.newInputStream(storage.open(path))) {
      return Optional.ofNullable(
          MAPPER.readValue(new InputStreamReader(in, StandardCharsets.UTF_8), type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
