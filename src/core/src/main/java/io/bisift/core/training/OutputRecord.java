package io.bisift.core.training;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;

/** A training record and its index entry, ready to be written. */
public interface OutputRecord {
  /** Appends the training record as one JSON object, without a line end. */
  void appendTo(JsonBytes json);

  /** Appends the index entry as one JSON object, without a line end. */
  void appendEntryTo(JsonBytes json);

  /** Adds the record to the statistics of what is trained on. */
  void addTo(LabelStatistics statistics);
}
