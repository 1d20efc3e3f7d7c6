package io.bisift.trainer.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code metrics.jsonl}: a line for each update and each evaluation, {@code {"step": 7, "kind":
 * "train", "loss": 0.61, …}}, appended as it happens.
 */
public final class MetricsFile implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream out;

  private MetricsFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Opens the file and drops what it says of later steps: a run that was killed had told of updates
   * that are made again.
   */
  public static MetricsFile resume(Path file, long step) throws IOException {
    if (Files.exists(file)) {
      StringBuilder kept = new StringBuilder();
      for (JsonNode line : read(file)) {
        if (line.path("step").asLong() <= step) {
          kept.append(line).append('\n');
        }
      }
      Path rewritten = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(rewritten, kept);
      Files.move(rewritten, file, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new MetricsFile(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /** Appends a line. */
  public void write(long step, String kind, Map<String, Double> values) throws IOException {
    ObjectNode line = JSON.createObjectNode().put("step", step).put("kind", kind);
    values.forEach(line::put);
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** All whole lines; a last one that was cut is left out. */
  public static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        break; // cut by the kill
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
