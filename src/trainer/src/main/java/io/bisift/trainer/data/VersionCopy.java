package io.bisift.trainer.data;

import io.bisift.core.UserException;
import io.bisift.formats.log.LogReader;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.source.TextLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The kept records of a version, copied into two files beside the run as the log is passed over:
 * they lie scattered in it, among many that are not kept, and in buckets out of reach.
 */
final class VersionCopy implements LogReader.Sink {
  private static final int BUFFER = 1 << 16;
  private static final String NAME = "version-";

  private final Lines data;
  private final Lines index;
  private final Map<String, Integer> numbers = new TreeMap<>(LogReader.GROUPS);
  private int[] group = new int[1024]; // of each record, by the order in which groups came

  private VersionCopy(FileChannel data, FileChannel index) {
    this.data = new Lines(data);
    this.index = new Lines(index);
  }

  /** The set of a version. */
  static TrainingSet of(
      StreamFolder stream, String folder, long version, String fingerprint, Path cache)
      throws IOException {
    Files.createDirectories(cache);
    FileChannel data = create(cache.resolve(NAME + version + ".data"));
    FileChannel index = create(cache.resolve(NAME + version + ".index"));
    try {
      VersionCopy copy = new VersionCopy(data, index);
      new LogReader(stream, version).read(copy);
      if (copy.data.table.size() == 0) {
        throw UserException.failure("version " + version + " of " + folder + " keeps no record");
      }
      return copy.finish(folder + ", version " + version, fingerprint);
    } catch (IOException | RuntimeException e) {
      data.close();
      index.close();
      throw e;
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Removes the copies of a process that was killed. */
  static void removeLeft(Path cache) {
    if (!Files.isDirectory(cache)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, NAME + "*")) {
      for (Path file : left) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw UserException.failure("cannot clear " + cache + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void kept(String source, TextLine record, TextLine entry) throws IOException {
    int number = data.table.size();
    if (number == group.length) {
      group = Arrays.copyOf(group, number + (number >> 1));
    }
    group[number] = numbers.computeIfAbsent(source, name -> numbers.size());
    data.add(record);
    index.add(entry);
  }

  @Override
  public void rejected(String source, TextLine record) {}

  private TrainingSet finish(String name, String fingerprint) throws IOException {
    data.out.flush();
    index.out.flush();
    int[] order = byGroup();
    return TrainingSet.of(
        name,
        fingerprint,
        data.channel,
        index.channel,
        data.table.ordered(order),
        index.table.ordered(order));
  }

  /** Groups in their order, the records of each as they came. */
  private int[] byGroup() {
    int[] next = new int[numbers.size()];
    for (int record = 0; record < data.table.size(); record++) {
      next[group[record]]++;
    }
    int before = 0;
    for (int number : numbers.values()) {
      int size = next[number];
      next[number] = before;
      before += size;
    }
    int[] order = new int[before];
    for (int record = 0; record < order.length; record++) {
      order[next[group[record]]++] = record;
    }
    return order;
  }

  /** One of the two files. */
  private static final class Lines {
    private final FileChannel channel;
    private final OutputStream out;
    private final RecordTable table = new RecordTable();
    private long offset;

    Lines(FileChannel channel) {
      this.channel = channel;
      this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    void add(TextLine line) throws IOException {
      int length = line.lineEnd() - line.lineStart();
      out.write(line.buffer(), line.lineStart(), length);
      table.add(offset, line.buffer(), line.lineStart(), length);
      offset += length;
    }
  }
}
