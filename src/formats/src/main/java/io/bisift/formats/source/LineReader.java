package io.bisift.formats.source;

import io.bisift.core.text.EightBytes;
import io.bisift.formats.compress.Compression;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32C;

/**
 * The lines of a stretch of a byte stream: those whose first byte lies in [start, end). Lines end
 * at {@code \n}, {@code \r\n} or {@code \r}, as Python's text files have it; a byte-order mark at
 * offset 0 is skipped. The stretches [0, a), [a, b), … of a stream share out its lines, whatever
 * the cuts.
 *
 * <p>Memory is one buffer, which grows to hold the longest line. Not thread-safe.
 */
public final class LineReader implements TextLine, Closeable {
  /** Longer lines end the run: they could not be held in memory. */
  private static final int MAX_LINE = 1 << 30;

  private static final int FIRST_BUFFER = 1 << 18;
  private static final int LEAST_BUFFER = 1 << 12;
  private static final long BEHIND_RETURNS = ('\r' + 1) * EightBytes.ONES;

  private final ReadableByteChannel channel;
  private final long end;
  private final long firstLine;
  private final CRC32C crc = new CRC32C();

  // indexes into the buffer, whose first byte is at bufferOffset in the stream
  private byte[] buffer;
  private long bufferOffset;
  private int limit;
  private int lineStart;
  private int lineEnd;
  private int nextLine;
  private int summed;

  /**
   * The lines of a whole file.
   *
   * @param stored its bytes, closed with the reader
   * @param name tells how it is compressed
   */
  public static LineReader of(InputStream stored, String name) throws IOException {
    InputStream text = Compression.ofName(name).decompress(stored);
    return new LineReader(Channels.newChannel(text), 0, Long.MAX_VALUE);
  }

  /**
   * @param channel whose next byte is at offset max(0, start - 1)
   * @param start offset of the stretch
   * @param end offset behind it; {@link Long#MAX_VALUE}: all there is
   */
  public LineReader(ReadableByteChannel channel, long start, long end) throws IOException {
    this.channel = channel;
    // a short stretch is read at once, with room to see that it ends
    this.buffer = new byte[(int) Math.min(FIRST_BUFFER, Math.max(LEAST_BUFFER, end - start + 2))];
    this.bufferOffset = Math.max(0, start - 1);
    if (start == 0) {
      skipMark();
      firstLine = 0;
      this.end = end == 0 ? 0 : Math.max(end, nextLine + 1); // the mark belongs to the first line
    } else {
      this.end = end;
      skipLineBefore();
      firstLine = bufferOffset + nextLine;
    }
  }

  private void skipMark() throws IOException {
    boolean more = true;
    while (limit < 3 && more) {
      more = fill();
    }
    if (limit >= 3
        && buffer[0] == (byte) 0xEF
        && buffer[1] == (byte) 0xBB
        && buffer[2] == (byte) 0xBF) {
      nextLine = 3;
    }
  }

  /** The byte before the stretch tells whether a line begins with it. */
  private void skipLineBefore() throws IOException {
    int at = 0;
    while ((at = findTerminator(at)) == limit) {
      lineStart = at; // nothing before is needed
      summed = at;
      if (bufferOffset + at >= end || !fill()) {
        nextLine = lineStart;
        return;
      }
      at = lineStart;
    }
    lineStart = at;
    lineEnd = at;
    summed = at;
    nextLine = behindTerminator();
    summed = nextLine;
  }

  /**
   * Moves to the next line of the stretch.
   *
   * @return false if there is none
   */
  public boolean next() throws IOException {
    lineStart = nextLine;
    if (bufferOffset + lineStart >= end || (lineStart == limit && !fill())) {
      return false;
    }
    lineEnd = lineStart;
    while ((lineEnd = findTerminator(lineEnd)) == limit) {
      int length = lineEnd - lineStart;
      boolean more = fill();
      lineEnd = lineStart + length;
      if (!more) {
        nextLine = lineEnd;
        return true;
      }
    }
    nextLine = behindTerminator();
    return true;
  }

  /**
   * Moves on without looking at what is passed over.
   *
   * @param target {@link #bytes} of the stretch that are behind then: the end of a line
   * @throws EOFException if there is not so much
   */
  public void skipTo(long target) throws IOException {
    while (bytes() < target) {
      lineStart = nextLine;
      if (nextLine == limit && !fill()) {
        throw new EOFException();
      }
      nextLine += (int) Math.min(limit - nextLine, target - bytes());
    }
    lineStart = nextLine;
  }

  /** The buffer that holds the current line; its content is good until the next call. */
  @Override
  public byte[] buffer() {
    return buffer;
  }

  /** Index of the current line's first byte in the buffer. */
  @Override
  public int lineStart() {
    return lineStart;
  }

  /** Index behind the current line's last byte, its terminator left out. */
  @Override
  public int lineEnd() {
    return lineEnd;
  }

  /** Offset of the current line's first byte in the stream. */
  @Override
  public long offset() {
    return bufferOffset + lineStart;
  }

  /** Bytes of the stretch's lines so far, terminators and byte-order mark included. */
  public long bytes() {
    return bufferOffset + nextLine - firstLine;
  }

  /** CRC32C of those bytes. */
  public int crc() {
    crc.update(buffer, summed, nextLine - summed);
    summed = nextLine;
    return (int) crc.getValue();
  }

  /** Index behind the terminator at {@code lineEnd}. */
  private int behindTerminator() throws IOException {
    if (buffer[lineEnd] == '\r') {
      int length = lineEnd - lineStart;
      if (lineEnd + 1 == limit) {
        fill();
        lineEnd = lineStart + length;
      }
      if (lineEnd + 1 < limit && buffer[lineEnd + 1] == '\n') {
        return lineEnd + 2;
      }
    }
    return lineEnd + 1;
  }

  /** Index of the first {@code \n} or {@code \r} from {@code from} on, or the limit. */
  private int findTerminator(int from) {
    int at = skipText(from);
    while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
      at = skipText(at + 1);
    }
    return at;
  }

  /** Index of the first byte that may be a terminator: up to {@code \r} in ASCII. Or the limit. */
  private int skipText(int from) {
    byte[] bytes = buffer;
    int at = from;
    int lastStep = limit - 4 * Long.BYTES;
    while (at <= lastStep) {
      long one = lowBytes(EightBytes.at(bytes, at));
      long two = lowBytes(EightBytes.at(bytes, at + Long.BYTES));
      long three = lowBytes(EightBytes.at(bytes, at + 2 * Long.BYTES));
      long four = lowBytes(EightBytes.at(bytes, at + 3 * Long.BYTES));
      if ((one | two | three | four) != 0) {
        break;
      }
      at += 4 * Long.BYTES;
    }
    while (at + Long.BYTES <= limit) {
      long found = lowBytes(EightBytes.at(bytes, at));
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += Long.BYTES;
    }
    while (at < limit && (bytes[at] < 0 || bytes[at] > '\r')) {
      at++;
    }
    return at;
  }

  /** Marks bytes from 0 to {@code \r} by their high bits; the lowest mark is always right. */
  private static long lowBytes(long eight) {
    return (eight - BEHIND_RETURNS) & ~eight & EightBytes.HIGH_BITS;
  }

  /**
   * Reads more behind the limit. What lies before the current line is forgotten, so all indexes may
   * move; {@code lineStart}, {@code nextLine} and {@code summed} move along.
   *
   * @return false at the end of the stream
   */
  private boolean fill() throws IOException {
    if (lineStart > 0 && limit == buffer.length) {
      crc.update(buffer, summed, lineStart - summed);
      System.arraycopy(buffer, lineStart, buffer, 0, limit - lineStart);
      bufferOffset += lineStart;
      limit -= lineStart;
      nextLine -= lineStart;
      summed = 0;
      lineStart = 0;
    }
    if (limit == buffer.length) {
      if (limit == MAX_LINE) {
        throw new IOException("the line at byte " + bufferOffset + " is longer than 1 GiB");
      }
      byte[] larger = new byte[2 * limit];
      System.arraycopy(buffer, 0, larger, 0, limit);
      buffer = larger;
    }
    int count = 0;
    while (count == 0) {
      count = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
    }
    limit += Math.max(0, count);
    return count > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
