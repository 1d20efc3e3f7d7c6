package io.bisift.trainer.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code rejected.jsonl}: the records that a run cannot use, each once, with its reason. Too many
 * of them fail the run.
 */
public final class RejectedLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final long most;
  private final Set<String> ids = new HashSet<>();

  /**
   * @param most records that may be rejected
   */
  public RejectedLog(Path file, long most) {
    this.file = file;
    this.most = most;
    if (Files.exists(file)) {
      readBack();
    }
  }

  private void readBack() {
    try {
      for (String line : Files.readAllLines(file)) {
        JsonNode entry = JSON.readTree(line);
        ids.add(entry.path("id").asText());
      }
    } catch (JsonProcessingException e) {
      ids.clear(); // cut by a kill: its records will be met again
      write("", StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Notes a record.
   *
   * @throws UserException if that makes too many
   */
  public void add(SampleLoader.Loaded.Rejected rejected) {
    if (!ids.add(rejected.id())) {
      return;
    }
    write(
        JSON.createObjectNode().put("id", rejected.id()).put("reason", rejected.reason()) + "\n",
        StandardOpenOption.APPEND);
    if (ids.size() > most) {
      throw UserException.failure(
          ids.size()
              + (ids.size() == 1 ? " record" : " records")
              + " cannot be used, more than --max-rejected allows; the last is "
              + rejected.id()
              + ": "
              + rejected.reason()
              + "; all are in "
              + file);
    }
  }

  private void write(String text, StandardOpenOption how) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    } catch (IOException e) {
      throw UserException.failure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** How many there are. */
  public int count() {
    return ids.size();
  }
}
