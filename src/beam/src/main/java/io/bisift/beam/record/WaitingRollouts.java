package io.bisift.beam.record;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.rollout.Step;
import io.bisift.core.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Rollouts of one source that wait together for its cut, each with the key of its score. A runner
 * moves and holds some hundred of them as one element, and after a shuffle only those that are kept
 * are decoded.
 */
final class WaitingRollouts {
  static final Coder<WaitingRollouts> CODER =
      WireCoder.of(WaitingRollouts.class, WaitingRollouts::write, WaitingRollouts::read);

  /** In the unit of {@link #size()}; one rollout may be larger. */
  static final int MAX_SIZE = 1 << 18;

  /** A rollout as it came: parsed, or coded. */
  private interface Item {
    SourcedRollout rollout() throws IOException;

    byte[] coded() throws IOException;
  }

  private record Parsed(SourcedRollout rollout) implements Item {
    @Override
    public byte[] coded() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * size(rollout));
      RecordCoders.ROLLOUT.encode(rollout, bytes);
      return bytes.toByteArray();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Coded(byte[] coded) implements Item {
    @Override
    public SourcedRollout rollout() throws IOException {
      return RecordCoders.ROLLOUT.decode(new ByteArrayInputStream(coded));
    }
  }

  private final RankedKeys ranked;
  private final List<Item> items;
  private int size;

  WaitingRollouts() {
    this(new RankedKeys(), new ArrayList<>());
  }

  private WaitingRollouts(RankedKeys ranked, List<Item> items) {
    this.ranked = ranked;
    this.items = items;
  }

  /**
   * What a rollout counts for.
   *
   * @return about its characters, at least 1
   */
  static int size(SourcedRollout rollout) {
    int characters = 1 + length(rollout.rollout().question());
    for (Step step : rollout.rollout().steps()) {
      characters += 1 + length(step.text());
    }
    return characters;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /**
   * Adds a rollout.
   *
   * @param key that ranks it
   * @return its {@link #size(SourcedRollout)}
   */
  int add(long key, SourcedRollout rollout) {
    int added = size(rollout);
    ranked.add(key, rollout.order());
    items.add(new Parsed(rollout));
    size += added;
    return added;
  }

  /** Sum over the rollouts added. */
  int size() {
    return size;
  }

  /** The keys, in the order of {@link #rollout}. */
  RankedKeys ranked() {
    return ranked;
  }

  /** Number index of {@link #ranked()}. */
  SourcedRollout rollout(int index) {
    try {
      return items.get(index).rollout();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from memory
    }
  }

  static void write(WaitingRollouts waiting, DataOutput out) throws IOException {
    RankedKeys.write(waiting.ranked, out);
    for (Item item : waiting.items) {
      Wire.writeBytes(item.coded(), out);
    }
  }

  static WaitingRollouts read(DataInput in) throws IOException {
    RankedKeys ranked = RankedKeys.read(in);
    List<Item> items = new ArrayList<>(ranked.size());
    for (int i = 0; i < ranked.size(); i++) {
      items.add(new Coded(Wire.readBytes(in)));
    }
    return new WaitingRollouts(ranked, items);
  }
}
