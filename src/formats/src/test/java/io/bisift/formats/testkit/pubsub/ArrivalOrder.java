package io.bisift.formats.testkit.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In what order records stand in the log that had none. */
public final class ArrivalOrder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ArrivalOrder() {}

  /**
   * The ids of all records of a version, in order. There must be no blank ones.
   *
   * @param set the folder of the growing set
   */
  public static List<String> ids(StreamFolder stream, long version, Path set) throws IOException {
    List<StreamManifest.Piece> pieces = new ArrayList<>(stream.pieces(version));
    pieces.sort(Comparator.comparingLong(StreamManifest.Piece::first));
    List<String> ids = new ArrayList<>();
    Map<String, List<String>> segments = new HashMap<>(); // a segment may have many pieces
    for (StreamManifest.Piece piece : pieces) {
      List<String> all = segments.get(piece.segment());
      if (all == null) {
        all = inSegment(set.resolve(piece.segment()).toString());
        segments.put(piece.segment(), all);
      }
      ids.addAll(all.subList(piece.from(), piece.to()));
    }
    return ids;
  }

  /** A rejected record tells its number in the segment; the others follow one another. */
  private static List<String> inSegment(String segment) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode usable : lines(segment + ".index.jsonl")) {
      ids.add(usable.get("id").asText());
    }
    for (JsonNode rejected : lines(segment + ".rejected.jsonl")) { // in order
      ids.add(rejected.get("offset").asInt(), rejected.get("id").asText());
    }
    return ids;
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (Files.exists(Path.of(file))) {
      for (String line : Files.readAllLines(Path.of(file))) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }
}
