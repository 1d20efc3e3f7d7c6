package io.bisift.formats.synth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way. Its pieces get their places in order, and are then written side by side, under
 * a temporary name; the last to be finished gives the file its own. Thread-safe.
 */
final class CorpusFile {
  /** Written at a time: the channel copies that much into memory that should stay near the core. */
  private static final int WRITE = 1 << 17;

  private final Path path;
  private final Path temporary;
  private final int pieces;
  private @Nullable FileChannel channel;
  private int placed;
  private int written;
  private long end;

  CorpusFile(Path folder, String name, int pieces) {
    this.path = folder.resolve(name);
    this.temporary = folder.resolve(temporaryName(name));
    this.pieces = pieces;
  }

  /** What a file is called until it is whole: hidden, so that nobody reads it. */
  static String temporaryName(String name) {
    return "." + name + ".part";
  }

  Path path() {
    return path;
  }

  /**
   * Writes a piece, once all pieces before it have their places.
   *
   * @param piece from 0
   * @param content of which the bytes in {@code [from, to)} count
   */
  void write(int piece, byte[] content, int from, int to) throws IOException, InterruptedException {
    long at;
    FileChannel out;
    synchronized (this) {
      while (placed < piece) {
        wait();
      }
      out = open();
      at = end;
      end += to - from;
      placed++;
      notifyAll();
    }
    for (int start = from; start < to; start += WRITE) {
      ByteBuffer bytes = ByteBuffer.wrap(content, start, Math.min(WRITE, to - start));
      while (bytes.hasRemaining()) {
        at += out.write(bytes, at);
      }
    }
    synchronized (this) {
      written++;
      if (written == pieces) {
        out.close();
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        channel = null;
      }
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING);
    }
    return channel;
  }

  /** Throws the file away if it is not whole. */
  synchronized void abandon() throws IOException {
    if (channel != null) {
      channel.close();
      Files.deleteIfExists(temporary);
    }
  }
}
