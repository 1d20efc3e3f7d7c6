package io.bisift.formats.shard;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.RejectedRecord;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.source.TextLine;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Consecutive records of one shard as the bytes that are written, with what is counted of them.
 * Filled by one thread, then handed to the one that writes. Not thread-safe.
 */
public final class RecordBlock {
  private static final byte[] LINE_END = {'\n'};

  /** Large enough that handing over costs nothing, small enough for a processor's cache. */
  private static final int FULL = 1 << 18;

  private final JsonBytes lines;
  private final JsonBytes index;
  private final Map<Integer, LabelStatistics> selected = new TreeMap<>();
  private final SortedMap<Defect, Long> defects = new TreeMap<>();
  private long records;

  public RecordBlock() {
    this(FULL);
  }

  /**
   * @param expected bytes of the lines that the records are made of; more is no harm
   */
  public RecordBlock(long expected) {
    int capacity = (int) Math.min(FULL, expected);
    lines = new JsonBytes(capacity);
    index = new JsonBytes(capacity / 4);
  }

  /**
   * Adds a record and its index entry.
   *
   * @param source index of the record's source
   */
  public void add(int source, OutputRecord record) {
    record.appendTo(lines);
    lines.raw(LINE_END);
    record.appendEntryTo(index);
    index.raw(LINE_END);
    record.addTo(selected.computeIfAbsent(source, key -> new LabelStatistics()));
    records++;
  }

  /** Adds a rejected record. */
  public void add(String id, SourceReader line, RejectedRecordException rejection) {
    RejectedRecord.append(
        id, line.offset(), rejection, line.buffer(), line.lineStart(), line.lineEnd(), lines);
    lines.raw(LINE_END);
    defects.merge(rejection.defect(), 1L, Long::sum);
    records++;
  }

  /** Adds a record and its index entry as they stand in another file; unknown to statistics. */
  public void copy(TextLine record, TextLine entry) {
    copy(record, lines);
    copy(entry, index);
    records++;
  }

  /** Adds a rejected record as it stands in another file. */
  public void copyRejected(TextLine record) {
    copy(record, lines);
    records++;
  }

  private static void copy(TextLine line, JsonBytes to) {
    to.raw(line.buffer(), line.lineStart(), line.lineEnd());
    to.raw(LINE_END);
  }

  public long records() {
    return records;
  }

  /** Bytes held. */
  public long bytes() {
    return (long) lines.length() + index.length();
  }

  public boolean isFull() {
    return bytes() >= FULL;
  }

  JsonBytes lines() {
    return lines;
  }

  JsonBytes index() {
    return index;
  }

  Map<Integer, LabelStatistics> selected() {
    return selected;
  }

  SortedMap<Defect, Long> defects() {
    return defects;
  }

  /** Forgets the content, keeps the memory. */
  void clear() {
    lines.clear();
    index.clear();
    selected.clear();
    defects.clear();
    records = 0;
  }
}
