package io.bisift.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.Digests;
import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Storage;
import io.bisift.trainer.data.LabelSource.McCount;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set that {@code select} or {@code convert} wrote, checked against its manifest when it is
 * opened. Records are numbered from 0 in the set's order and read where they lie, so memory holds
 * some 32 bytes for each, not its text. Safe from several threads.
 */
public final class TrainingSet implements Closeable {
  private static final List<ShardFormat> FORMATS = List.of(new JsonlShards());

  private final String folder;
  private final String fingerprint;
  private final List<String> names = new ArrayList<>();
  private final List<ShardFormat> formats = new ArrayList<>();
  private final List<FileChannel> data = new ArrayList<>();
  private final List<FileChannel> index = new ArrayList<>();
  private final RecordTable records;
  private final RecordTable entries;
  private int[] firstOfShard = {0};

  private TrainingSet(String folder, String fingerprint, RecordTable records, RecordTable entries) {
    this.folder = folder;
    this.fingerprint = fingerprint;
    this.records = records;
    this.entries = entries;
  }

  /**
   * A set whose records lie in one file, one JSON object a line.
   *
   * @param folder where they came from
   * @param data holds the records, index what stands beside them; both are closed with the set
   */
  static TrainingSet of(
      String folder,
      String fingerprint,
      FileChannel data,
      FileChannel index,
      RecordTable records,
      RecordTable entries) {
    TrainingSet set = new TrainingSet(folder, fingerprint, records, entries);
    set.names.add("records");
    set.formats.add(new JsonlShards());
    set.data.add(data);
    set.index.add(index);
    return set;
  }

  /**
   * Opens a set: reads every file once.
   *
   * @param folder of the set, the one with {@code manifest.json}
   * @param cache where shards that cannot be read from the middle are copied to, for the time that
   *     the set is open
   * @throws UserException if the set is not complete or not what its manifest says
   */
  public static TrainingSet open(Storage storage, String folder, Path cache) {
    byte[] text = manifest(storage, folder);
    Manifest manifest;
    try {
      manifest = Json.parse(new String(text, StandardCharsets.UTF_8), Manifest.class);
    } catch (JsonProcessingException e) {
      throw UserException.failure(folder + "/manifest.json: " + e.getOriginalMessage(), e);
    }
    if (!Manifest.FORMAT.equals(manifest.format())) {
      throw UserException.failure(
          folder + "/manifest.json is of format " + manifest.format() + ", not " + Manifest.FORMAT);
    }
    TrainingSet set =
        new TrainingSet(folder, Digests.sha256(text), new RecordTable(), new RecordTable());
    try {
      set.scan(storage, manifest, cache);
    } catch (RuntimeException e) {
      set.close();
      throw e;
    }
    return set;
  }

  private static byte[] manifest(Storage storage, String folder) {
    String path = Storage.resolve(folder, OutputLayout.MANIFEST);
    try {
      if (!storage.isFile(path)) {
        if (GrowingSet.isAt(storage, folder)) {
          throw UserException.usage(
              folder + " is a growing set; bisift compact makes a plain one of a version");
        }
        throw UserException.failure(
            path + " is not there: a set is complete only when select or convert has written it");
      }
      try (InputStream in = Channels.newInputStream(storage.open(path))) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw UserException.failure("cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private void scan(Storage storage, Manifest manifest, Path cache) {
    firstOfShard = new int[manifest.shards().size()];
    for (Manifest.Shard shard : manifest.shards()) {
      String name = shard.data().name();
      firstOfShard[names.size()] = records.size();
      names.add(name);
      ShardFormat format = format(name);
      formats.add(format);
      data.add(new CheckedFile(storage, folder, shard.data()).scan(format, records, cache));
      index.add(
          new CheckedFile(storage, folder, shard.index()).scan(new JsonlShards(), entries, cache));
      if (records.size() != entries.size()) {
        throw UserException.failure(
            folder + "/" + shard.index().name() + " does not have one line for each record");
      }
    }
    if (records.size() == 0) {
      throw UserException.failure(folder + " holds no records");
    }
  }

  private ShardFormat format(String name) {
    String suffix = Compression.ofName(name).suffix();
    String plain = name.substring(0, name.length() - suffix.length());
    return FORMATS.stream()
        .filter(format -> format.accepts(plain))
        .findFirst()
        .orElseThrow(
            () -> UserException.failure(folder + "/" + name + ": no shards of a kind known here"));
  }

  public int size() {
    return records.size();
  }

  /** SHA-256 of the manifest, which names the checksums of all shards. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Bytes of a record: what is known of its length before it is read. */
  public int bytes(int record) {
    return records.length(record);
  }

  /**
   * Reads a record.
   *
   * @throws BadRecordException if it cannot be trained on
   * @throws UserException if its file has changed or cannot be read
   */
  public Example read(int record, LabelSource labels, double threshold) throws BadRecordException {
    int shard = shardOf(record);
    IndexLine entry;
    byte[] bytes;
    try {
      bytes = read(data.get(shard), records, record, names.get(shard));
      entry =
          IndexLine.parse(read(index.get(shard), entries, record, "index of " + names.get(shard)));
    } catch (IOException e) {
      throw UserException.failure(
          "cannot read " + folder + "/" + names.get(shard) + ": " + e.getMessage(), e);
    }
    ShardRecord parsed = formats.get(shard).parse(bytes);
    List<StepTarget> targets = new ArrayList<>();
    for (int step = 0; step < parsed.labels().size(); step++) {
      McCount count = step < entry.counts().size() ? entry.counts().get(step) : McCount.UNKNOWN;
      targets.add(labels.target(parsed.labels().get(step), count, threshold));
    }
    return new Example(entry.id(), parsed.images(), parsed.text(), targets);
  }

  /** The id of a record, whatever else it holds; its number where not even that can be read. */
  public String id(int record) {
    int shard = shardOf(record);
    try {
      return IndexLine.parse(read(index.get(shard), entries, record, names.get(shard))).id();
    } catch (IOException e) {
      return "record " + record;
    }
  }

  private int shardOf(int record) {
    if (record < 0 || record >= records.size()) {
      throw new IndexOutOfBoundsException("record " + record + " of " + records.size());
    }
    int at = Arrays.binarySearch(firstOfShard, record);
    if (at < 0) {
      return -at - 2;
    }
    while (at + 1 < firstOfShard.length && firstOfShard[at + 1] == record) {
      at++; // shards without records
    }
    return at;
  }

  private byte[] read(FileChannel file, RecordTable table, int record, String name)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(table.length(record));
    while (buffer.hasRemaining()) {
      if (file.read(buffer, table.offset(record) + buffer.position()) < 0) {
        throw new EOFException("it is shorter than it was");
      }
    }
    if (!table.isUnchanged(record, buffer.array())) {
      throw UserException.failure(folder + ": " + name + " has changed since the run began");
    }
    return buffer.array();
  }

  /** Where it lies. */
  @Override
  public String toString() {
    return folder;
  }

  @Override
  public void close() {
    data.forEach(TrainingSet::close);
    index.forEach(TrainingSet::close);
  }

  private static void close(FileChannel file) {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was only read: nothing is lost
    }
  }
}
