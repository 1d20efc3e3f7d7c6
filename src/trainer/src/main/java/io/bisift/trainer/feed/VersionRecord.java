package io.bisift.trainer.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code versions.jsonl} of a run on a growing set: a line for each time that it looked for a newer
 * version, on the disk before anything is trained by it. A run that is taken up again goes by it,
 * whatever is the newest by then.
 */
public final class VersionRecord {
  /** What it is called in a run's folder. */
  public static final String NAME = "versions.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A look.
   *
   * @param update how many updates were made before
   * @param version that is trained on from there
   * @param records of the version
   * @param sha256 of its manifest
   */
  public record Line(long update, long version, int records, String sha256) {}

  private final Path file;
  private final List<Line> lines;

  private VersionRecord(Path file, List<Line> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Opens that of a run, to go on with; empty if there is none. */
  public static VersionRecord open(Path file) {
    try {
      if (!Files.exists(file)) {
        return new VersionRecord(file, new ArrayList<>());
      }
      return new VersionRecord(
          file, parse(file, WholeLines.of(file))); // by a cut one nothing was trained
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The lines of another run's record. */
  public static List<Line> read(Path file) {
    try {
      return parse(file, Files.readAllLines(file));
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<Line> parse(Path file, List<String> text) throws IOException {
    List<Line> lines = new ArrayList<>();
    long update = -1;
    long version = 0;
    for (String line : text) {
      Line read;
      try {
        read = JSON.readValue(line, Line.class);
      } catch (JsonProcessingException e) {
        throw UserException.failure(file + " is damaged: " + e.getOriginalMessage(), e);
      }
      if (read.update <= update || read.version < Math.max(1, version) || read.records < 1) {
        throw UserException.failure(file + " is damaged: line " + (lines.size() + 1));
      }
      update = read.update;
      version = read.version;
      lines.add(read);
    }
    return lines;
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Look number n, counted from 0. */
  Optional<Line> line(int n) {
    return n < lines.size() ? Optional.of(lines.get(n)) : Optional.empty();
  }

  void add(Line line) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes =
          ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      lines.add(line);
    } catch (IOException e) {
      throw UserException.failure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
