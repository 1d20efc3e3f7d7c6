package io.bisift.formats.run;

import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.ShardCuts;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.training.OutputRecord;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.shard.RecordBlock;
import io.bisift.formats.source.SourceReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what one set takes of a range into pieces of its shards. Not thread-safe. */
final class RangeRenderer implements RangeReplay.Sink {
  private final int source;
  private final Stream data;
  private final Stream rejected;

  /**
   * @param set index of the set
   * @param start ranks of the range's first records in the set
   */
  RangeRenderer(int set, SetPlan plan, RangeOutcome outcome, Start start, Consumer<Piece> out) {
    this.source = outcome.quota().tally().range().source();
    long bytes = outcome.quota().tally().bytes();
    this.data =
        new Stream(
            set,
            ShardTask.Kind.DATA,
            plan.shards(ShardTask.Kind.DATA),
            start.data(),
            outcome.written(),
            bytes,
            out);
    this.rejected =
        new Stream(
            set,
            ShardTask.Kind.REJECTED,
            plan.shards(ShardTask.Kind.REJECTED),
            start.rejected(),
            outcome.rejected(),
            bytes,
            out);
  }

  /**
   * Where a range stands in a set.
   *
   * @param data records before it in the data shards
   * @param rejected and in the rejected shards
   */
  record Start(long data, long rejected) {
    Start behind(RangeOutcome outcome) {
      return new Start(data + outcome.written(), rejected + outcome.rejected());
    }
  }

  @Override
  public boolean wantsMore() {
    return true; // only so is it certain that the range gives what was planned
  }

  @Override
  public void kept(OutputRecord record) {
    data.next().add(source, record);
    data.added();
  }

  @Override
  public void rejected(String id, SourceReader line, RejectedRecordException rejection) {
    rejected.next().add(id, line, rejection);
    rejected.added();
  }

  /**
   * Hands out what is left.
   *
   * @return whether the range gave what was planned
   */
  boolean finish() {
    data.flush();
    rejected.flush();
    return data.isWhole() && rejected.isWhole();
  }

  /** The records of one kind. */
  private static final class Stream {
    private final int set;
    private final ShardTask.Kind kind;
    private final ShardCuts shards;
    private final Consumer<Piece> out;
    private final long end;
    private final long bytes;
    private long rank;
    private int shard;
    private long shardEnd;
    private @Nullable RecordBlock block;

    Stream(
        int set,
        ShardTask.Kind kind,
        ShardCuts shards,
        long start,
        long count,
        long bytes,
        Consumer<Piece> out) {
      this.set = set;
      this.kind = kind;
      this.shards = shards;
      this.out = out;
      this.rank = start;
      this.end = start + count;
      this.bytes = bytes;
    }

    /** The block that takes the next record. */
    RecordBlock next() {
      if (rank < end && (rank >= shardEnd || (block != null && block.isFull()))) {
        flush();
        shard = shards.shardOf(rank);
        shardEnd = shards.start(shard + 1);
      }
      if (block == null) {
        block = new RecordBlock(bytes);
      }
      return block;
    }

    void added() {
      rank++;
    }

    void flush() {
      if (block != null) {
        out.accept(new Piece(set, kind, shard, block));
        block = null;
      }
    }

    boolean isWhole() {
      return rank == end;
    }
  }
}
