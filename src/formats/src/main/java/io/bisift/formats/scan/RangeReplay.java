package io.bisift.formats.scan;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeQuota;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.select.Cut;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.RecordConverter;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The second pass over a range: the same lines again, each now with its fate. */
public final class RangeReplay {
  /** Takes the records, in order. */
  public interface Sink {
    /** Whether there is any use in going on. */
    boolean wantsMore();

    /** A record that the cut keeps and that can be written; good during the call. */
    void kept(OutputRecord record) throws IOException;

    /** A record that cannot be ranked, or that the cut keeps and that cannot be written. */
    void rejected(String id, SourceReader line, RejectedRecordException rejection)
        throws IOException;
  }

  /**
   * What one set takes of a range.
   *
   * @param alpha α of the BIS that ranks for it
   */
  public record Share(double alpha, RangeQuota quota, Cut cut, Sink sink) {}

  private final RecordConverter converter;

  /**
   * @param converter makes the training records, pictures checked
   */
  public RangeReplay(RecordConverter converter) {
    this.converter = converter;
  }

  /**
   * Goes over a range once more, for several sets at a time.
   *
   * @param shares of one range; at least one
   * @param table what the scan found on each line, or null: every line is ranked again
   * @throws UserException if the range is not what the first pass saw
   */
  public void replay(
      SourceFile source, SourceReader reader, List<Share> shares, @Nullable LineTable table)
      throws IOException {
    Pass pass = new Pass(source, reader, shares);
    if (table == null) {
      pass.overAll();
    } else {
      pass.overWanted(table);
    }
    RangeQuota range = shares.get(0).quota();
    reader.skipRest();
    reader.requireSame(range.tally().bytes(), range.tally().crc());
  }

  /** One range. */
  private final class Pass {
    private final SourceFile source;
    private final SourceReader reader;
    private final LineRanker ranker;
    private final Share[] shares;
    private final long[] tiesLeft;
    private long line;

    Pass(SourceFile source, SourceReader reader, List<Share> shares) {
      this.source = source;
      this.reader = reader;
      this.ranker = new LineRanker(reader);
      this.shares = shares.toArray(new Share[0]);
      this.tiesLeft = shares.stream().mapToLong(share -> share.quota().tiesKept()).toArray();
      this.line = shares.get(0).quota().firstLine() - 1;
    }

    void overAll() throws IOException {
      while (wantsMore() && reader.next()) {
        line++;
        settle();
      }
    }

    void overWanted(LineTable table) throws IOException {
      LineTable.Cursor cursor = table.cursor();
      while (wantsMore() && cursor.next()) {
        line++;
        if (isWanted(cursor)) {
          reader.skipTo(cursor.start());
          if (!reader.next()) {
            return; // the range has changed, as its checksum will tell
          }
          settle();
        }
      }
      reader.skipTo(table.end());
    }

    private boolean wantsMore() {
      for (Share share : shares) {
        if (share.sink().wantsMore()) {
          return true;
        }
      }
      return false;
    }

    /** Whether any set may take the line. */
    private boolean isWanted(LineTable.Cursor cursor) {
      for (int i = 0; i < shares.length && cursor.isRanked(); i++) {
        if (takes(i, cursor.key(shares[i].alpha()))) {
          return true;
        }
      }
      return cursor.isRejected();
    }

    /** Whether a set takes the next record with this key. */
    private boolean takes(int share, long key) {
      Cut cut = shares[share].cut();
      return cut.isAbove(key) || (cut.isTied(key) && tiesLeft[share] > 0);
    }

    /** Gives the reader's line to the sets that take it. */
    private void settle() throws IOException {
      try {
        if (!ranker.rank()) {
          return;
        }
      } catch (RejectedRecordException e) {
        for (Share share : shares) {
          share.sink().rejected(id(), reader, e);
        }
        return;
      }
      for (int i = 0; i < shares.length; i++) {
        long key = ranker.key(shares[i].alpha());
        if (takes(i, key)) {
          tiesLeft[i] -= shares[i].cut().isTied(key) ? 1 : 0;
          give(shares[i]);
        }
      }
    }

    private void give(Share share) throws IOException {
      try {
        share.sink().kept(ranker.record(id(), converter, share.alpha()));
      } catch (RejectedRecordException e) {
        share.sink().rejected(id(), reader, e);
      }
    }

    /** The record id of the line. */
    private String id() {
      return source.name() + ":" + line;
    }
  }
}
