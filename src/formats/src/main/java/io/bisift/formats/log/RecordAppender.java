package io.bisift.formats.log;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.stream.LogShard;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.RecordConverter;
import io.bisift.formats.scan.LineRanker;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.source.TextLine;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ranks records, renders them and appends them to segments of the log, one open for each log shard.
 * Records of a shard come in order; where the order goes back, another segment begins. Not
 * thread-safe.
 */
public final class RecordAppender implements AutoCloseable {
  private final Storage storage;
  private final OutputLayout layout;
  private final double alpha;
  private final RecordConverter converter;
  private final Line line = new Line();
  private final LineRanker ranker = new LineRanker(line);
  private final Map<LogShard, SegmentWriter> open = new LinkedHashMap<>();
  private final List<Segment> finished = new ArrayList<>();
  private long records;
  private long rejected;

  /**
   * @param folder of the growing set
   */
  public RecordAppender(
      Storage storage, String folder, StreamParameters parameters, ImageCheck images) {
    this.storage = storage;
    this.layout = new OutputLayout(folder);
    this.alpha = parameters.alpha();
    this.converter =
        new RecordConverter(parameters.labels(), RecordConverter.BadSteps.REJECT_ROLLOUT, images);
  }

  public void append(Message message) throws IOException {
    SegmentWriter segment = segment(message);
    records++;
    line.bytes = message.line();
    long key = -1;
    try {
      if (!ranker.rank()) {
        segment.addBlank(message);
        return;
      }
      key = ranker.key(alpha);
      OutputRecord record = ranker.record(message.indexId(), converter, alpha);
      segment.addRecord(message, key, record);
    } catch (RejectedRecordException e) {
      if (key < 0) {
        segment.addRejected(message, e);
      } else {
        LabelStatistics statistics = new LabelStatistics();
        ranker.addTo(statistics);
        segment.addUnwritable(message, key, statistics, e);
      }
      rejected++;
    }
  }

  /**
   * Appends a record if it can be used.
   *
   * @throws RejectedRecordException if it cannot; then nothing is appended
   */
  public void appendUsable(Message message) throws IOException, RejectedRecordException {
    line.bytes = message.line();
    if (!ranker.rank()) {
      throw new RejectedRecordException(Defect.NOT_AN_OBJECT, "the line is blank");
    }
    long key = ranker.key(alpha);
    OutputRecord record = ranker.record(message.indexId(), converter, alpha);
    segment(message).addRecord(message, key, record);
    records++;
  }

  private SegmentWriter segment(Message message) throws IOException {
    SegmentWriter segment = open.get(message.shard());
    if (segment != null && !segment.takes(message.order())) {
      finished.add(segment.finish());
      segment = null;
    }
    if (segment == null) {
      segment = new SegmentWriter(storage, layout, message.shard(), message.since());
      open.put(message.shard(), segment);
    }
    return segment;
  }

  /** Messages so far. */
  public long records() {
    return records;
  }

  /** Records so far that cannot be ranked or written. */
  public long rejected() {
    return rejected;
  }

  /** Completes the open segments. */
  public List<Segment> finish() throws IOException {
    for (SegmentWriter segment : open.values()) {
      finished.add(segment.finish());
    }
    open.clear();
    return List.copyOf(finished);
  }

  /** Throws away what is not finished. */
  @Override
  public void close() throws IOException {
    for (SegmentWriter segment : open.values()) {
      segment.close();
    }
  }

  /** The message at hand. */
  private static final class Line implements TextLine {
    private byte[] bytes = {};

    @Override
    public byte[] buffer() {
      return bytes;
    }

    @Override
    public int lineStart() {
      return 0;
    }

    @Override
    public int lineEnd() {
      return bytes.length;
    }

    @Override
    public long offset() {
      return 0;
    }
  }
}
