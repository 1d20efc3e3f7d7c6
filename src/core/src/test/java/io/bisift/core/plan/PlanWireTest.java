package io.bisift.core.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What travels between workers arrives as it left. */
final class PlanWireTest {
  private static final RangeTally TALLY =
      new RangeTally(new RangeId(3, 5L << 40, 6L << 40), 10, 1L << 50, 0xDEADBEEF, 2, 5, 3, true);
  private static final RangeQuota QUOTA = new RangeQuota(TALLY, 1L << 33, 2);

  private static <T> byte[] bytes(T value, Wire.Writer<T> writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(value, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <T> T roundTrip(T value, Wire.Writer<T> writer, Wire.Reader<T> reader)
      throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(value, writer)));
    T read = reader.read(in);
    assertEquals(-1, in.read(), "bytes are left");
    return read;
  }

  @Test
  void ofARange() throws IOException {
    assertEquals(TALLY.range(), roundTrip(TALLY.range(), RangeId::write, RangeId::read));
  }

  @Test
  void ofATally() throws IOException {
    assertEquals(TALLY, roundTrip(TALLY, RangeTally::write, RangeTally::read));
  }

  @Test
  void ofAQuota() throws IOException {
    assertEquals(QUOTA, roundTrip(QUOTA, RangeQuota::write, RangeQuota::read));
  }

  @Test
  void ofAnOutcome() throws IOException {
    RangeOutcome outcome = new RangeOutcome(QUOTA, 4);
    assertEquals(outcome, roundTrip(outcome, RangeOutcome::write, RangeOutcome::read));
    assertEquals(3, outcome.written());
    assertEquals(6, outcome.rejected());
  }

  @Test
  void ofAShardTask() throws IOException {
    for (ShardTask.Kind kind : ShardTask.Kind.values()) {
      ShardTask task =
          new ShardTask(
              kind, 4, 9, List.of(0L, 1L << 35), List.of(new Slice(QUOTA, 6, 1L << 35, 1L << 36)));
      assertEquals(task, roundTrip(task, ShardTask::write, ShardTask::read));
    }
  }

  @Test
  void ofAScan() throws IOException, RejectedRecordException {
    RangeScan scan = scan();
    RangeScan read = roundTrip(scan, RangeScan::write, RangeScan::read);
    assertArrayEquals(bytes(scan, RangeScan::write), bytes(read, RangeScan::write));
    assertEquals(RangeTally.keepingAll(scan), RangeTally.keepingAll(read));
    assertEquals(scan.blank(), read.blank());
    assertEquals(scan.ranked(), read.ranked());
    assertEquals(scan.rankedBytes(), read.rankedBytes());
    assertEquals(scan.histograms().get(1).total(), read.histograms().get(1).total());
    assertEquals(scan.pool().summary(), read.pool().summary());
  }

  @Test
  void ofTotals() throws IOException, RejectedRecordException {
    SourceTotals totals = new SourceTotals();
    totals.add(scan());
    SourceTotals twice = roundTrip(totals, SourceTotals::write, SourceTotals::read);
    assertEquals(totals.pool().summary(), twice.pool().summary());
    twice.add(totals);
    assertEquals(20, twice.lines());
    assertEquals(2, twice.blank());
    assertEquals(4, twice.rejected());
    assertEquals(14, twice.ranked());
    assertEquals(1600, twice.rankedBytes());
    assertEquals(2, twice.pool().summary().rollouts());
  }

  private static RangeScan scan() throws RejectedRecordException {
    Rollout rollout =
        Objects.requireNonNull(
            RolloutParser.parse("{\"steps_with_score\": [{\"score\": 0.1}, {\"score\": 0}]}"));
    RolloutScore score = RolloutScore.of(rollout);
    RankHistogram histogram = new RankHistogram();
    histogram.add(RankHistogram.keyOf(score.balancedInformation(0.05)));
    LabelStatistics pool = new LabelStatistics();
    pool.add(rollout, score);
    return new RangeScan(
        TALLY.range(),
        10,
        1,
        2,
        7,
        800,
        1000,
        0x80000001,
        true,
        List.of(new RankHistogram(), histogram),
        pool);
  }
}
