package io.bisift.formats.scan;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.rollout.RolloutSkimmer;
import io.bisift.core.rollout.RolloutSkimmer.Answer;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.ParsedRecord;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.TrainingRecord;
import io.bisift.formats.source.TextLine;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ranks lines: by skimming them where that tells enough, by a full parse where it does not. What it
 * says is of the line that was ranked last, and holds until the reader moves on. Not thread-safe.
 */
public final class LineRanker {
  private final TextLine reader;
  private final RolloutSkimmer skimmer = new RolloutSkimmer();
  private @Nullable Rollout parsed;
  private RolloutScore score = new RolloutScore(1, 0, 1.0);

  /**
   * @param reader whose lines are ranked
   */
  public LineRanker(TextLine reader) {
    this.reader = reader;
  }

  /**
   * Ranks the reader's current line.
   *
   * @return false if it is blank: no record
   * @throws RejectedRecordException if it is a record that cannot be ranked
   */
  public boolean rank() throws RejectedRecordException {
    parsed = null;
    switch (skim()) {
      case BLANK -> {
        return false;
      }
      case RANKED -> score = RolloutScore.of(skimmer.scores(), skimmer.scoreCount());
      case UNSURE -> {
        parsed = parse();
        if (parsed == null) {
          return false;
        }
        score = RolloutScore.of(parsed);
      }
    }
    return true;
  }

  RolloutScore score() {
    return score;
  }

  /** The key that ranks the rollout by its BIS with this α. */
  public long key(double alpha) {
    return RankHistogram.keyOf(score.balancedInformation(alpha));
  }

  /** Adds the rollout's scores. */
  public void addTo(LabelStatistics statistics) {
    if (parsed == null) {
      statistics.add(skimmer.scores(), score);
    } else {
      statistics.add(parsed, score);
    }
  }

  /** Whether skimming was enough to know that the rollout can be written, pictures unseen. */
  boolean isWritable() {
    return parsed == null && skimmer.isWritable();
  }

  /**
   * The line's training record: by copying, where skimming was enough for that.
   *
   * @param alpha α of the BIS in the index
   * @throws RejectedRecordException if no record can be made of it
   * @throws IOException if looking for a picture fails
   */
  public OutputRecord record(String id, RecordConverter converter, double alpha)
      throws RejectedRecordException, IOException {
    if (parsed == null) {
      Optional<OutputRecord> copied = converter.copy(id, skimmer, score, alpha);
      if (copied.isPresent()) {
        return copied.get();
      }
    }
    TrainingRecord record = converter.convert(rollout());
    return new ParsedRecord(record, new IndexEntry(id, record, score, alpha));
  }

  /** The whole rollout. */
  Rollout rollout() throws RejectedRecordException {
    if (parsed == null) {
      parsed = parse();
    }
    if (parsed == null) {
      throw new IllegalStateException("a blank line was ranked at byte " + reader.offset());
    }
    return parsed;
  }

  private Answer skim() {
    return skimmer.skim(reader.buffer(), reader.lineStart(), reader.lineEnd());
  }

  private @Nullable Rollout parse() throws RejectedRecordException {
    return RolloutParser.parse(reader.buffer(), reader.lineStart(), reader.lineEnd());
  }
}
