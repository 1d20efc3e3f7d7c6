package io.bisift.core.stream;

import io.bisift.core.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The ids of the records that came last, to know one that comes again: of at least the last {@code
 * horizon} ones, of at most twice as many. 128 bits of an id's SHA-256 stand for it. Not
 * thread-safe.
 */
public final class RecentIds {
  /**
   * What stands for an id.
   *
   * @param high never 0 together with {@code low}, which stands for no id
   */
  public record Id(long high, long low) {
    /** Of a record without an id. */
    public static final Id NONE = new Id(0, 0);

    public static Id of(String text) {
      byte[] digest = Digests.newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(digest);
      return new Id(bytes.getLong(), bytes.getLong());
    }

    public boolean isNone() {
      return high == 0 && low == 0;
    }
  }

  private final int horizon;
  private Table current = new Table();
  private Table previous = new Table();

  /**
   * @param horizon how many ids are remembered; 0: none
   */
  public RecentIds(int horizon) {
    this.horizon = horizon;
  }

  /**
   * Remembers an id.
   *
   * @return false if it is remembered already
   */
  public boolean add(Id id) {
    if (horizon == 0 || id.isNone()) {
      return true;
    }
    if (previous.contains(id) || !current.add(id)) {
      return false;
    }
    if (current.size == horizon) {
      previous = current;
      current = new Table();
    }
    return true;
  }

  /** Whether an id is remembered. */
  public boolean contains(Id id) {
    return previous.contains(id) || current.contains(id);
  }

  /** A set that only grows; open addressing, two longs an id. */
  private static final class Table {
    private long[] slots = new long[64];
    private int size;

    boolean contains(Id id) {
      int at = find(slots, id.high(), id.low());
      return slots[at] != 0 || slots[at + 1] != 0;
    }

    boolean add(Id id) {
      int at = find(slots, id.high(), id.low());
      if (slots[at] != 0 || slots[at + 1] != 0) {
        return false;
      }
      slots[at] = id.high();
      slots[at + 1] = id.low();
      size++;
      if (4 * size > slots.length) { // half of the places are taken
        grow();
      }
      return true;
    }

    private void grow() {
      long[] larger = new long[2 * slots.length];
      for (int i = 0; i < slots.length; i += 2) {
        if (slots[i] != 0 || slots[i + 1] != 0) {
          int at = find(larger, slots[i], slots[i + 1]);
          larger[at] = slots[i];
          larger[at + 1] = slots[i + 1];
        }
      }
      slots = larger;
    }

    /** Where an id stands, or the free place where it belongs. */
    private static int find(long[] slots, long high, long low) {
      int at = (int) low & (slots.length - 2); // even, and the length is a power of two
      while ((slots[at] != 0 || slots[at + 1] != 0)
          && (slots[at] != high || slots[at + 1] != low)) {
        at = (at + 2) & (slots.length - 2);
      }
      return at;
    }
  }
}
