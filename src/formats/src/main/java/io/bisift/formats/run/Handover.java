package io.bisift.formats.run;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pieces of one range from the thread that makes them to the one that writes them. Holds
 * so much at the most; the maker waits then until the writer comes to its range.
 */
final class Handover {
  private static final long MOST = 16L << 20;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private long bytes;
  private boolean ended;
  private @Nullable Throwable failure;

  synchronized void put(Piece piece) {
    awaitThat(() -> bytes <= MOST);
    pieces.add(piece);
    bytes += piece.block().bytes();
    notifyAll();
  }

  /**
   * Says that there are no more pieces.
   *
   * @param cause why they end too early, or null
   */
  synchronized void end(@Nullable Throwable cause) {
    ended = true;
    failure = cause;
    notifyAll();
  }

  /** The next piece, or null behind the last. */
  synchronized @Nullable Piece take() throws IOException {
    awaitThat(() -> !pieces.isEmpty() || ended);
    Piece piece = pieces.poll();
    if (piece == null) {
      Workers.rethrow(failure);
      return null;
    }
    bytes -= piece.block().bytes();
    notifyAll();
    return piece;
  }

  private synchronized void awaitThat(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
