package io.bisift.trainer.feed;

import io.bisift.core.UserException;
import io.bisift.trainer.data.GrowingSet;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.VersionRecord.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells at each look which version is trained on from there: as the run's own record has it, or
 * else as that of another run, or else the newest there is. What it tells stands in the record.
 */
public final class VersionChoice {
  private final GrowingSet set;
  private final VersionRecord record;
  private final @Nullable Path otherFile;
  private final List<Line> other;
  private final long first;

  /**
   * @param record of this run
   * @param otherFile record of a run whose versions are taken; null: none
   * @param first version to begin with; 0: the newest
   * @throws UserException if there is no such version, or no version at all, or the records do not
   *     agree
   */
  public VersionChoice(GrowingSet set, VersionRecord record, @Nullable Path otherFile, long first) {
    this.set = set;
    this.record = record;
    this.otherFile = otherFile;
    this.other = otherFile == null ? List.of() : VersionRecord.read(otherFile);
    this.first = first;
    for (int i = 0; i < Math.min(other.size(), record.lines().size()); i++) {
      if (!other.get(i).equals(record.lines().get(i))) {
        throw UserException.usage(
            "the run has taken up other versions than " + otherFile + ": see " + record);
      }
    }
    set.require(first);
  }

  /**
   * A look.
   *
   * @param line what the record says of it
   * @param opened the version's set if it had to be opened, to be closed by the caller
   */
  record Taken(Line line, @Nullable TrainingSet opened) {}

  /** What the run begins with. */
  public Line first() {
    Taken taken = look(0, 0, false);
    if (taken.opened() != null) {
      taken.opened().close();
    }
    return taken.line();
  }

  /**
   * A look, and what comes of it.
   *
   * @param number of it, counted from 0; made again it comes to the same
   * @param update how many updates are made before
   * @param made whether the run has made more than that before it was taken up again
   */
  Taken look(int number, long update, boolean made) {
    Optional<Line> known = record.line(number);
    if (known.isPresent()) {
      return new Taken(fitting(known.get(), update, record.toString()), null);
    }
    if (made) {
      throw UserException.failure(
          record + " does not say what was trained on from update " + update + " on");
    }
    Taken taken = decide(number, update);
    record.add(taken.line());
    return taken;
  }

  private Taken decide(int number, long update) {
    if (number < other.size()) {
      Line line = fitting(other.get(number), update, String.valueOf(otherFile));
      return new Taken(line, null);
    }
    Line last = number == 0 ? null : record.lines().get(number - 1);
    long version = last == null && first > 0 ? first : set.newest();
    if (last != null && last.version() >= version) {
      return new Taken(new Line(update, last.version(), last.records(), last.sha256()), null);
    }
    TrainingSet opened = set.open(version);
    return new Taken(new Line(update, version, opened.size(), opened.fingerprint()), opened);
  }

  private static Line fitting(Line line, long update, String file) {
    if (line.update() != update) {
      throw UserException.usage(
          file
              + " has a look for a newer version at update "
              + line.update()
              + ", this run has one at "
              + update
              + ": give the same --follow and --global-batch");
    }
    return line;
  }

  /**
   * Opens the version of a look.
   *
   * @throws UserException if it is not what it was
   */
  TrainingSet open(Line line) {
    if (!set.sha256(line.version()).equals(line.sha256())) {
      throw UserException.failure(
          "version " + line.version() + " of " + set + " is another one than " + record + " has");
    }
    return set.open(line.version());
  }
}
