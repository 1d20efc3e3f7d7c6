package io.bisift.formats.evaluate;

import io.bisift.core.evaluation.Fields;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.RejectedRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a chunk's items, as a file below the output folder: kept so that a run that was
 * stopped does not score them again, and so that shards need nothing else. Not thread-safe.
 */
final class ChunkFile<T> {
  /** How an item is a line. */
  interface Form<T> {
    void append(T item, JsonBytes json);

    /**
     * Reads what {@link #append} wrote.
     *
     * @throws RejectedRecordException if it is something else
     */
    T parse(Fields fields) throws RejectedRecordException;
  }

  private static final byte[] LINE_END = {'\n'};

  /** For who only wants the lines. */
  private static final Form<Void> NOT_PARSED =
      new Form<>() {
        @Override
        public void append(Void item, JsonBytes json) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Void parse(Fields fields) {
          throw new UnsupportedOperationException();
        }
      };

  private final List<Long> places = new ArrayList<>();
  private final List<T> items = new ArrayList<>();
  private final Form<T> form;
  private final JsonBytes scored = new JsonBytes();
  private final JsonBytes rejected = new JsonBytes();
  private final SortedMap<Defect, Long> defects = new TreeMap<>();
  private long rejectedItems;

  ChunkFile(Form<T> form) {
    this.form = form;
  }

  void add(long place, T item) {
    places.add(place);
    items.add(item);
    form.append(item, scored);
    scored.raw(LINE_END);
  }

  void reject(String id, RawLine line, RejectedRecordException rejection) {
    byte[] text = line.text();
    RejectedRecord.append(id, line.offset(), rejection, text, 0, text.length, rejected);
    rejected.raw(LINE_END);
    rejectedItems++;
    defects.merge(rejection.defect(), 1L, Long::sum);
  }

  List<Long> places() {
    return places;
  }

  List<T> items() {
    return items;
  }

  /** Lines of items with scores. */
  JsonBytes scored() {
    return scored;
  }

  /** Lines of rejected items. */
  JsonBytes rejected() {
    return rejected;
  }

  /** How many items were rejected. */
  long rejectedItems() {
    return rejectedItems;
  }

  /**
   * What became of the chunk.
   *
   * @param key of what it was made from
   */
  ChunkOutcome outcome(int number, String key) {
    return new ChunkOutcome(number, key, items.size(), rejectedItems, defects);
  }

  private static String name(int number) {
    return ResultFolder.CHUNKS + "/" + number;
  }

  /**
   * Keeps the chunk.
   *
   * @param key of what it was made from
   */
  ChunkOutcome write(ResultFolder folder, int number, String key) throws IOException {
    ChunkOutcome outcome = outcome(number, key);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(scored.length() + 1024);
    DataOutputStream out = new DataOutputStream(bytes);
    ChunkOutcome.write(outcome, out);
    for (long place : places) {
      out.writeLong(place);
    }
    out.writeInt(scored.length());
    scored.writeTo(out);
    out.writeInt(rejected.length());
    rejected.writeTo(out);
    folder.write(name(number), bytes.toByteArray());
    return outcome;
  }

  /** The chunk as it was kept, if it was made from the same. */
  static <T> Optional<ChunkFile<T>> read(ResultFolder folder, int number, String key, Form<T> form)
      throws IOException {
    Optional<ChunkFile<T>> file = readLines(folder, number, key, form);
    if (file.isPresent()) {
      file.get().parse();
    }
    return file;
  }

  /** The lines of a chunk that is there for certain. */
  static ChunkFile<Void> read(ResultFolder folder, int number, String key) throws IOException {
    return readLines(folder, number, key, NOT_PARSED).orElseThrow(folder::taken);
  }

  private static <T> Optional<ChunkFile<T>> readLines(
      ResultFolder folder, int number, String key, Form<T> form) throws IOException {
    Optional<byte[]> bytes = folder.bytes(name(number));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()));
    ChunkOutcome outcome = ChunkOutcome.read(in);
    return outcome.key().equals(key) ? Optional.of(read(in, outcome, form)) : Optional.empty();
  }

  private static <T> ChunkFile<T> read(DataInputStream in, ChunkOutcome outcome, Form<T> form)
      throws IOException {
    ChunkFile<T> file = new ChunkFile<>(form);
    for (long i = 0; i < outcome.scored(); i++) {
      file.places.add(in.readLong());
    }
    file.scored.raw(in.readNBytes(in.readInt()));
    file.rejected.raw(in.readNBytes(in.readInt()));
    file.rejectedItems = outcome.rejected();
    file.defects.putAll(outcome.defects());
    return file;
  }

  /** Makes items of the lines that were kept. */
  private void parse() throws IOException {
    byte[] lines = scored.buffer();
    int from = 0;
    for (int at = 0; at < scored.length(); at++) {
      if (lines[at] == '\n') {
        try {
          items.add(form.parse(Objects.requireNonNull(Fields.parse(lines, from, at))));
        } catch (RejectedRecordException e) {
          throw new IOException("a chunk holds what no run wrote: " + e.getMessage(), e);
        }
        from = at + 1;
      }
    }
  }
}
