package io.bisift.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shards of one JSON object a line, as {@link io.bisift.core.training.TrainingRecord} writes them:
 * {@code {"image": …, "conversations": [{"from": "human", "value": "Question: …\nProcess:
 * s1<prm>\n\ns2<prm>"}, {"from": "gpt", "value": [1.0, 0.0]}]}}.
 */
final class JsonlShards implements ShardFormat {
  static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final int BUFFER = 1 << 18;
  private static final int LONGEST_LINE = 1 << 30;

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(LONGEST_LINE)
                .maxNumberLength(1 << 20)
                .build());
  }

  @Override
  public boolean accepts(String name) {
    return name.endsWith(".jsonl");
  }

  @Override
  public void scan(InputStream shard, Places places) throws IOException {
    lines(shard, places);
  }

  /** The lines of a stream that {@code \n} ends; blank ones are none. */
  static void lines(InputStream stream, Places places) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long base = 0; // offset of the buffer's first byte
    int start = 0;
    int limit = 0;
    while (true) {
      int read = stream.read(buffer, limit, buffer.length - limit);
      int from = limit;
      limit += Math.max(0, read);
      for (int at = from; at < limit; at++) {
        if (buffer[at] == '\n') {
          place(base + start, buffer, start, at, places);
          start = at + 1;
        }
      }
      if (read < 0) {
        place(base + start, buffer, start, limit, places);
        return;
      }
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      base += start;
      limit -= start;
      start = 0;
      if (limit == buffer.length) {
        if (limit >= LONGEST_LINE) {
          throw new IOException("a line is longer than 1 GiB");
        }
        buffer = Arrays.copyOf(buffer, 2 * limit);
      }
    }
  }

  private static void place(long offset, byte[] buffer, int start, int end, Places places) {
    for (int at = start; at < end; at++) {
      if (buffer[at] > ' ' || buffer[at] < 0) {
        places.add(offset, buffer, start, end - start);
        return;
      }
    }
  }

  @Override
  public ShardRecord parse(byte[] bytes) throws BadRecordException {
    JsonNode record;
    try {
      record = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new BadRecordException("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new BadRecordException("cannot be read: " + e.getMessage(), e);
    }
    JsonNode turns = record.path("conversations");
    String text = null;
    List<Double> labels = new ArrayList<>();
    for (JsonNode turn : turns) {
      if (turn.path("from").asText().equals("human")) {
        text = turn.path("value").asText();
      } else if (turn.path("from").asText().equals("gpt")) {
        labels.addAll(labels(turn.path("value")));
      }
    }
    if (text == null) {
      throw new BadRecordException("it has no text from human");
    }
    if (labels.isEmpty()) {
      throw new BadRecordException("it has no labels");
    }
    return new ShardRecord(images(record.path("image")), text, labels);
  }

  private static List<String> images(JsonNode image) throws BadRecordException {
    if (image.isTextual()) {
      return List.of(image.asText());
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : image) {
      if (!name.isTextual()) {
        throw new BadRecordException("an image is " + name + ", not a name");
      }
      names.add(name.asText());
    }
    return names;
  }

  private static List<Double> labels(JsonNode values) throws BadRecordException {
    List<Double> labels = new ArrayList<>();
    for (JsonNode value : values) {
      double label = value.isNumber() ? value.doubleValue() : Double.NaN;
      if (!(label >= 0 && label <= 1)) {
        throw new BadRecordException("a label is " + value + ", not a number in [0, 1]");
      }
      labels.add(label);
    }
    return labels;
  }
}
