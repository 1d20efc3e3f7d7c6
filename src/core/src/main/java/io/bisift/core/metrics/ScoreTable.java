package io.bisift.core.metrics;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Scored items on their way to the metrics. Tables add up in any order and any bundles to the same:
 * every step by itself up to a bound, and beyond it scores rounded down to multiples of 2^-16,
 * whose counts need no more memory however many steps there are. Not thread-safe.
 */
public final class ScoreTable {
  /** A bound that takes about 2 GB to work with. */
  public static final int MOST_EXACT_STEPS = 50_000_000;

  private final int mostExactSteps;
  private @Nullable ItemTable exact = new ItemTable();
  private @Nullable BinTable binned;

  public ScoreTable() {
    this(MOST_EXACT_STEPS);
  }

  /**
   * @param mostExactSteps steps, neutral ones left out, beyond which scores are rounded
   */
  public ScoreTable(int mostExactSteps) {
    this.mostExactSteps = mostExactSteps;
  }

  /**
   * Adds an item.
   *
   * @param place that no other item has; earlier items have smaller ones
   */
  public void add(long place, ScoredItem item) {
    ItemTable items = exact;
    if (items == null) {
      items = new ItemTable();
      items.add(place, item);
      bins().addAll(BinTable.of(items));
      return;
    }
    items.add(place, item);
    roundIfLarge();
  }

  public void addAll(ScoreTable other) {
    ItemTable mine = exact;
    ItemTable others = other.exact;
    if (mine != null && others != null && (long) mine.steps() + others.steps() <= mostExactSteps) {
      mine.addAll(others);
      return;
    }
    toBins().addAll(others == null ? other.bins() : BinTable.of(others));
  }

  private void roundIfLarge() {
    if (exact != null && exact.steps() > mostExactSteps) {
      toBins();
    }
  }

  private BinTable toBins() {
    if (exact != null) {
      binned = BinTable.of(exact);
      exact = null;
    }
    return bins();
  }

  private BinTable bins() {
    if (binned == null) {
      throw new IllegalStateException("all steps are here by themselves");
    }
    return binned;
  }

  /** Items so far. */
  public long items() {
    return exact == null ? bins().items() : exact.items();
  }

  /** Neutral steps so far. */
  public long neutral() {
    return exact == null ? bins().neutral() : exact.neutral();
  }

  /** The items one by one, or null if there are too many. */
  @Nullable ItemTable exact() {
    return exact;
  }

  /** Their counts, where there are too many. */
  BinTable binned() {
    return bins();
  }

  public static void write(ScoreTable table, DataOutput out) throws IOException {
    Wire.writeInt(table.mostExactSteps, out);
    Wire.writeNullable(table.exact, ItemTable::write, out);
    Wire.writeNullable(table.binned, BinTable::write, out);
  }

  public static ScoreTable read(DataInput in) throws IOException {
    ScoreTable table = new ScoreTable(Wire.readInt(in));
    table.exact = Wire.readNullable(ItemTable::read, in);
    table.binned = Wire.readNullable(BinTable::read, in);
    return table;
  }
}
