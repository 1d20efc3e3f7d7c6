package io.bisift.formats.testkit;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;

/** Bytes that come a few at a time, and now and then none, as from a network. Does not seek. */
public final class TrickleChannel implements ReadableByteChannel {
  private final byte[] bytes;
  private final int most;
  private final Random random;
  private int next;
  private boolean open = true;

  /**
   * @param from index of the first byte that is read
   * @param most bytes a read gives at the most
   */
  public TrickleChannel(byte[] bytes, int from, int most, Random random) {
    this.bytes = bytes;
    this.next = from;
    this.most = most;
    this.random = random;
  }

  @Override
  public int read(ByteBuffer target) {
    if (next == bytes.length) {
      return -1;
    }
    int count = random.nextInt(most + 1);
    count = Math.min(Math.min(count, target.remaining()), bytes.length - next);
    target.put(bytes, next, count);
    next += count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }
}
