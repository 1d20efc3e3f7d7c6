package io.bisift.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.trainer.data.LabelSource.McCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands beside a record in the index, as {@link io.bisift.core.training.IndexEntry} writes
 * it.
 *
 * @param counts one for each step
 */
record IndexLine(String id, List<McCount> counts) {
  static IndexLine parse(byte[] line) throws IOException {
    JsonNode entry = JsonlShards.JSON.readTree(line);
    JsonNode correct = entry.path("mc_correct");
    JsonNode total = entry.path("mc_total");
    List<McCount> counts = new ArrayList<>();
    for (int step = 0; step < correct.size(); step++) {
      counts.add(count(correct.path(step), total.path(step)));
    }
    return new IndexLine(entry.path("id").asText(), counts);
  }

  private static McCount count(JsonNode correct, JsonNode total) {
    if (!correct.canConvertToInt() || !total.canConvertToInt()) {
      return McCount.UNKNOWN;
    }
    int k = correct.asInt();
    int n = total.asInt();
    return n > 0 && k >= 0 && k <= n ? new McCount(k, n) : McCount.UNKNOWN;
  }
}
