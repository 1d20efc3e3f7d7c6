package io.bisift.core.training;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;

/** An output record out of a full parse. */
public record ParsedRecord(TrainingRecord record, IndexEntry entry) implements OutputRecord {
  @Override
  public void appendTo(JsonBytes json) {
    record.appendTo(json);
  }

  @Override
  public void appendEntryTo(JsonBytes json) {
    entry.appendTo(json);
  }

  @Override
  public void addTo(LabelStatistics statistics) {
    statistics.add(record);
  }
}
