package io.bisift.trainer.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
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
  private final double share;
  private final Set<String> ids = new HashSet<>();
  private long most = Long.MAX_VALUE;

  /**
   * @param share of the records that may be rejected
   */
  public RejectedLog(Path file, double share) {
    this.file = file;
    this.share = share;
    if (Files.exists(file)) {
      readBack();
    }
  }

  private void readBack() {
    try {
      for (String line : WholeLines.of(file)) { // the record of a cut one will be met again
        ids.add(JSON.readTree(line).path("id").asText());
      }
    } catch (JsonProcessingException e) {
      throw UserException.failure(file + " is damaged: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Says how many records there are, of which a share may be rejected. */
  public void of(int records) {
    most = (long) Math.floor(share * records);
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
    write(JSON.createObjectNode().put("id", rejected.id()).put("reason", rejected.reason()) + "\n");
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

  private void write(String line) {
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw UserException.failure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /** How many there are. */
  public int count() {
    return ids.size();
  }
}
