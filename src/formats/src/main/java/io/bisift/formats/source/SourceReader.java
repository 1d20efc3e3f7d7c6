package io.bisift.formats.source;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.compress.MeteredInput;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Versions;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a range of a source, decompressed on the way. What goes wrong is told with the
 * source's name. Not thread-safe.
 */
public final class SourceReader implements TextLine, Closeable {
  private final SourceFile source;
  private final LineReader lines;
  private final @Nullable MeteredInput stored;
  private final LongConsumer progress;
  private long reported;

  private SourceReader(
      SourceFile source, LineReader lines, @Nullable MeteredInput stored, LongConsumer progress) {
    this.source = source;
    this.lines = lines;
    this.stored = stored;
    this.progress = progress;
  }

  /**
   * The ranges that a source is read in.
   *
   * @param index of the source in the run's order
   * @param chunkSize bytes of a range; a source that can only be read from its beginning is one
   */
  public static List<RangeId> split(SourceFile source, int index, long chunkSize) {
    if (source.readWhole()) {
      return List.of(new RangeId(index, 0, source.size()));
    }
    List<RangeId> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(source.size(), start + chunkSize);
      ranges.add(new RangeId(index, start, end));
      start = end;
    } while (start < source.size());
    return ranges;
  }

  /**
   * Opens a range.
   *
   * @param progress is told, now and then, how many more stored bytes were read
   */
  public static SourceReader open(
      Storage storage, SourceFile source, RangeId range, LongConsumer progress) {
    try {
      ReadableByteChannel channel = storage.open(source.path());
      try {
        if (!source.readWhole()) {
          position(channel, Math.max(0, range.start() - 1));
          LineReader lines = new LineReader(channel, range.start(), range.end());
          return new SourceReader(source, lines, null, progress);
        }
        position(channel, source.offset());
        MeteredInput stored = new MeteredInput(channel, source.size());
        InputStream text = expand(source, stored);
        LineReader lines = new LineReader(Channels.newChannel(text), 0, Long.MAX_VALUE);
        return new SourceReader(source, lines, stored, progress);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw failure(source, e);
    }
  }

  /** The CRC32C that the storage knows a source's file by, if it does. */
  public static OptionalInt knownChecksum(Storage storage, SourceFile source) {
    Optional<Versions> versions =
        source.isEntry() ? Optional.empty() : storage.versions(source.path());
    if (versions.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return versions.get().crc32c(source.path());
    } catch (IOException e) {
      throw failure(source, e);
    }
  }

  /** CRC32C of a source's stored bytes, without looking into them. */
  public static int checksum(Storage storage, SourceFile source) {
    OptionalInt known = knownChecksum(storage, source);
    if (known.isPresent()) {
      return known.getAsInt();
    }
    try (ReadableByteChannel channel = storage.open(source.path())) {
      position(channel, source.offset());
      MeteredInput stored = new MeteredInput(channel, source.size());
      drain(stored);
      return stored.crc();
    } catch (IOException e) {
      throw failure(source, e);
    }
  }

  private static void drain(MeteredInput stored) throws IOException {
    byte[] unused = new byte[1 << 16];
    while (stored.read(unused, 0, unused.length) >= 0) {}
  }

  private static InputStream expand(SourceFile source, MeteredInput stored) throws IOException {
    return new ExpansionGuard(source, stored, source.compression().decompress(stored));
  }

  private static void position(ReadableByteChannel channel, long offset) throws IOException {
    if (channel instanceof SeekableByteChannel seekable) {
      seekable.position(offset);
      return;
    }
    ByteBuffer skipped = ByteBuffer.allocate(1 << 16);
    for (long left = offset; left > 0; left -= skipped.position()) {
      skipped.clear().limit((int) Math.min(skipped.capacity(), left));
      if (channel.read(skipped) < 0) {
        return;
      }
    }
  }

  /** Moves to the next line; see {@link LineReader#next}. */
  public boolean next() {
    try {
      boolean found = lines.next();
      report(!found);
      return found;
    } catch (IOException e) {
      throw failure(source, e);
    }
  }

  /**
   * Moves on without looking at what is passed over.
   *
   * @param target {@link #textBytes} that are behind then: the end of a line
   * @throws UserException if there is not so much, since the source changed
   */
  public void skipTo(long target) {
    try {
      lines.skipTo(target);
      report(false);
    } catch (EOFException e) {
      throw changed();
    } catch (IOException e) {
      throw failure(source, e);
    }
  }

  /** Bytes of the range's lines read so far, as they are when uncompressed. */
  public long textBytes() {
    return lines.bytes();
  }

  /** Reads what is left of the range without looking at it. */
  public void skipRest() {
    while (next()) {}
  }

  private void report(boolean atEnd) throws IOException {
    if (atEnd && stored != null) {
      drain(stored);
    }
    long read = bytes();
    if (atEnd || read - reported >= 1 << 20) {
      progress.accept(read - reported);
      reported = read;
    }
  }

  @Override
  public byte[] buffer() {
    return lines.buffer();
  }

  @Override
  public int lineStart() {
    return lines.lineStart();
  }

  @Override
  public int lineEnd() {
    return lines.lineEnd();
  }

  /** Offset of the current line's first byte in the uncompressed source. */
  @Override
  public long offset() {
    return lines.offset();
  }

  /** Stored bytes of the lines read so far; at the end, of the range. */
  public long bytes() {
    return stored == null ? lines.bytes() : stored.count();
  }

  /** At the end: CRC32C of the range's stored bytes. */
  public int crc() {
    return stored == null ? lines.crc() : stored.crc();
  }

  /**
   * At the end: makes sure that the range is what an earlier pass saw.
   *
   * @throws UserException if it is not
   */
  public void requireSame(long earlierBytes, int earlierCrc) {
    if (bytes() != earlierBytes || crc() != earlierCrc) {
      throw changed();
    }
  }

  private UserException changed() {
    return UserException.failure(
        source.path() + " changed while it was read; run again when nobody writes to it");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** What a failed read tells the user. */
  public static UserException failure(SourceFile source, IOException e) {
    String reason =
        e instanceof NoSuchFileException || e instanceof FileNotFoundException
            ? "there is no such file (any more), or the link leads nowhere"
            : e instanceof AccessDeniedException
                ? "permission denied"
                : e instanceof EOFException ? "it ends too early" : String.valueOf(e.getMessage());
    String hint =
        source.compression() == Compression.NONE
            ? ""
            : "; the compressed file may be cut short or damaged";
    return UserException.failure("cannot read " + source.path() + ": " + reason + hint, e);
  }
}
