package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeId;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Cuts files of items into chunks, the same ones whatever works on them. Not thread-safe. */
public final class ItemChunker {
  private final Storage storage;
  private final String run;
  private final int mostItems;
  private final long mostBytes;
  private final Consumer<ItemChunk> out;

  private int chunks;
  private long firstLine;
  private long start;
  private long end;
  private long items;
  private long bytes;
  private List<RawLine> lines = new ArrayList<>();

  /**
   * @param run fingerprint of all that a score depends on besides the item
   * @param mostItems of a chunk
   * @param mostBytes behind which a chunk ends
   */
  public ItemChunker(
      Storage storage, String run, int mostItems, long mostBytes, Consumer<ItemChunk> out) {
    this.storage = storage;
    this.run = run;
    this.mostItems = mostItems;
    this.mostBytes = mostBytes;
    this.out = out;
  }

  /** Cuts all files, in their order. */
  public void cut(List<SourceFile> files) throws IOException {
    for (int file = 0; file < files.size(); file++) {
      SourceFile source = files.get(file);
      if (ItemSources.isArray(source.name())) {
        cutArray(file, source);
      } else {
        cutLines(file, source);
      }
      finish(file, source);
    }
  }

  private void cutLines(int file, SourceFile source) throws IOException {
    RangeId whole = new RangeId(file, 0, source.size());
    long line = 0;
    try (SourceReader reader = SourceReader.open(storage, source, whole, read -> {})) {
      while (reader.next()) {
        line++;
        int length = reader.lineEnd() - reader.lineStart();
        if (items == 0) {
          firstLine = line;
          start = line == 1 ? 0 : reader.offset();
        }
        end = Math.max(reader.offset() + 1, reader.offset() + length);
        if (source.readWhole()) {
          byte[] text = Arrays.copyOfRange(reader.buffer(), reader.lineStart(), reader.lineEnd());
          lines.add(new RawLine(line, reader.offset(), text));
        }
        count(length, file, source);
      }
    }
  }

  private void cutArray(int file, SourceFile source) throws IOException {
    try (InputStream stored = Channels.newInputStream(storage.open(source.path()));
        InputStream text = source.compression().decompress(stored);
        ArrayElements elements = new ArrayElements(text)) {
      for (long element = 1; elements.next(); element++) {
        byte[] value = elements.element();
        if (items == 0) {
          firstLine = element;
        }
        lines.add(new RawLine(element, elements.offset(), value));
        count(value.length, file, source);
      }
    } catch (ArrayElements.FormatException e) {
      throw UserException.failure(
          "cannot read "
              + source.path()
              + ": not a JSON array: "
              + e.getMessage()
              + "; JSON lines are in files called *.jsonl",
          e);
    } catch (IOException e) {
      throw SourceReader.failure(source, e);
    }
  }

  private void count(long length, int file, SourceFile source) {
    items++;
    bytes += length;
    if (items >= mostItems || bytes >= mostBytes) {
      finish(file, source);
    }
  }

  private void finish(int file, SourceFile source) {
    if (items > 0) {
      boolean held = !lines.isEmpty();
      out.accept(
          new ItemChunk(
              run, chunks++, file, source, firstLine, held ? 0 : start, held ? 0 : end, lines));
      lines = new ArrayList<>();
      items = 0;
      bytes = 0;
    }
  }
}
