package io.bisift.formats.log;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.stream.LogShard;
import io.bisift.core.stream.RecentIds;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.OutputRecord;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.JsonlFile;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A segment on its way: records stream into its files, ranks wait in memory. Not thread-safe. */
final class SegmentWriter implements AutoCloseable {
  /** Records of a segment at the most, so that their ranks stay small. */
  static final int FULL = 1 << 17;

  private static final byte[] LINE_END = {'\n'};
  private static final int FLUSH = 1 << 16;

  private final Storage storage;
  private final OutputLayout layout;
  private final LogShard shard;
  private final long first;
  private final String name;
  private final Ranks ranks = new Ranks();
  private final Lines data;
  private final Lines index;
  private final Lines rejected;
  private final Lines receipts;
  private long last = -1;
  private long latest = Message.NO_TIME;

  SegmentWriter(Storage storage, OutputLayout layout, LogShard shard, long first) {
    this.storage = storage;
    this.layout = layout;
    this.shard = shard;
    this.first = first;
    this.name = LogLayout.segment(shard, first);
    this.data = new Lines(LogLayout.data(name));
    this.index = new Lines(LogLayout.index(name));
    this.rejected = new Lines(LogLayout.rejected(name));
    this.receipts = new Lines(LogLayout.receipts(name));
  }

  /** Whether the next record may go here: in order, and while there is room. */
  boolean takes(long order) {
    return (shard.isOfArrivals() || order > last) && ranks.size() < FULL;
  }

  void addBlank(Message message) throws IOException {
    add(message, Ranks.Kind.BLANK, 0);
  }

  void addRecord(Message message, long key, OutputRecord record) throws IOException {
    add(message, Ranks.Kind.WRITABLE, key);
    LabelStatistics statistics = new LabelStatistics();
    record.addTo(statistics);
    ranks.note(statistics);
    record.appendTo(data.text);
    data.endLine();
    record.appendEntryTo(index.text);
    index.endLine();
  }

  /** Adds a record that cannot be ranked. */
  void addRejected(Message message, RejectedRecordException reason) throws IOException {
    add(message, Ranks.Kind.REJECTED, 0);
    addReason(message, reason);
  }

  /**
   * Adds a record that can be ranked and cannot be written.
   *
   * @param statistics of its scores
   */
  void addUnwritable(
      Message message, long key, LabelStatistics statistics, RejectedRecordException reason)
      throws IOException {
    add(message, Ranks.Kind.UNWRITABLE, key);
    ranks.note(statistics);
    addReason(message, reason);
  }

  /** Arrivals are numbered within their segment until they are committed. */
  private long order(Message message) {
    return shard.isOfArrivals() ? ranks.size() : message.order();
  }

  private void addReason(Message message, RejectedRecordException reason) throws IOException {
    ranks.note(reason.defect());
    RejectedLine.append(
        message.indexId(),
        message.source(),
        message.group(),
        last,
        String.valueOf(reason.getMessage()),
        message.line(),
        rejected.text);
    rejected.endLine();
  }

  private void add(Message message, Ranks.Kind kind, long key) throws IOException {
    RecentIds.Id id = message.id().isEmpty() ? RecentIds.Id.NONE : RecentIds.Id.of(message.id());
    last = order(message);
    ranks.add(message.group(), last, kind, key, id);
    if (!message.receipt().isEmpty()) {
      receipts.text.raw(message.receipt().getBytes(StandardCharsets.UTF_8));
      receipts.endLine();
    }
    latest = Math.max(latest, message.time());
  }

  /** Completes the segment, which has at least one record. */
  Segment finish() throws IOException {
    List<WrittenFile> files = new ArrayList<>();
    for (Lines lines : List.of(data, index, rejected)) {
      WrittenFile file = lines.finish();
      if (file != null) {
        files.add(file);
      }
    }
    receipts.finish(); // no part of the set: they go when it is committed
    files.add(writeRanks());
    return new Segment(
        shard,
        name,
        first,
        last,
        ranks.size(),
        ranks.hasIds(),
        latest,
        files,
        ranks.tallies(record -> true));
  }

  private WrittenFile writeRanks() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Ranks.write(ranks, new DataOutputStream(bytes));
    JsonBytes content = new JsonBytes(bytes.size()).raw(bytes.toByteArray());
    try (JsonlFile file = new JsonlFile(storage, layout, LogLayout.ranks(name), Compression.NONE)) {
      file.append(content, ranks.size());
      return file.finish();
    }
  }

  /** Throws away what is not finished. */
  @Override
  public void close() throws IOException {
    for (Lines lines : List.of(data, index, rejected, receipts)) {
      lines.close();
    }
  }

  /** A file that is there once it has a line. */
  private final class Lines {
    final JsonBytes text = new JsonBytes(FLUSH);
    private final String fileName;
    private @Nullable JsonlFile file;
    private long waiting;

    Lines(String fileName) {
      this.fileName = fileName;
    }

    void endLine() throws IOException {
      text.raw(LINE_END);
      waiting++;
      if (text.length() >= FLUSH) {
        flush();
      }
    }

    private void flush() throws IOException {
      if (waiting > 0) {
        if (file == null) {
          file = new JsonlFile(storage, layout, fileName, Compression.NONE);
        }
        file.append(text, waiting);
        text.clear();
        waiting = 0;
      }
    }

    @Nullable WrittenFile finish() throws IOException {
      flush();
      return file == null ? null : file.finish();
    }

    void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
