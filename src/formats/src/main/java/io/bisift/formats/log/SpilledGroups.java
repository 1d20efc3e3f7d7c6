package io.bisift.formats.log;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.shard.RecordBlock;
import io.bisift.formats.source.LineReader;
import io.bisift.formats.source.TextLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that come mixed, put aside by group in files of this machine, to be had group by group.
 * Not thread-safe.
 */
final class SpilledGroups implements LogReader.Sink, AutoCloseable {
  private static final byte[] LINE_END = {'\n'};
  private static final int FLUSH = 1 << 15;

  /** Takes the records of the groups in order. */
  interface Sink {
    /** Room for the next record, which has this rank among all. */
    RecordBlock block(long rank) throws IOException;
  }

  /** What is put aside of one group. */
  final class Group {
    private final Lines data;
    private final Lines index;
    private final Lines rejected;
    private final LabelStatistics pool = new LabelStatistics();
    private final LabelStatistics selected = new LabelStatistics();

    private Manifest.@Nullable CutScore cut;

    private Group(int number) {
      data = new Lines(number + ".data");
      index = new Lines(number + ".index");
      rejected = new Lines(number + ".rejected");
    }

    /** Where it was cut, if it came as a whole file. */
    Manifest.@Nullable CutScore cut() {
      return cut;
    }

    /** Of the records that can be ranked. */
    LabelStatistics pool() {
      return pool;
    }

    /** Of those that are kept. */
    LabelStatistics selected() {
      return selected;
    }

    long kept() {
      return data.lines;
    }

    long rejected() {
      return rejected.lines;
    }
  }

  private final Path folder;
  private final SortedMap<String, Group> groups = new TreeMap<>(LogReader.GROUPS);
  private final SortedMap<String, Long> defects = new TreeMap<>();

  SpilledGroups() throws IOException {
    folder = Files.createTempDirectory("bisift-compact");
  }

  @Override
  public void kept(String group, TextLine record, TextLine index) throws IOException {
    Group to = group(group);
    to.data.add(record);
    to.index.add(index);
  }

  @Override
  public void rejected(String group, TextLine record) throws IOException {
    group(group).rejected.add(record);
  }

  @Override
  public void pool(String group, LabelStatistics statistics) {
    group(group).pool.addScores(statistics);
  }

  @Override
  public void selected(String group, LabelStatistics statistics) {
    group(group).selected.add(statistics);
  }

  @Override
  public void cut(String group, Manifest.CutScore cut) {
    group(group).cut = cut;
  }

  @Override
  public void defect(String name, long records) {
    defects.merge(name, records, Long::sum);
  }

  /** How often each kind of defect occurs among the rejected records. */
  Map<String, Long> defects() {
    return defects;
  }

  Group group(String name) {
    Group group = groups.get(name);
    if (group == null) {
      group = new Group(groups.size());
      groups.put(name, group);
    }
    return group;
  }

  /** Bytes of all kept records. */
  long keptBytes() {
    return groups.values().stream().mapToLong(group -> group.data.bytes).sum();
  }

  long kept() {
    return groups.values().stream().mapToLong(Group::kept).sum();
  }

  long rejected() {
    return groups.values().stream().mapToLong(Group::rejected).sum();
  }

  /** Gives all kept records. */
  void forEachKept(Sink sink) throws IOException {
    long rank = 0;
    for (Group group : groups.values()) {
      try (LineReader records = group.data.read();
          LineReader entries = group.index.read()) {
        while (records.next() && entries.next()) {
          sink.block(rank++).copy(records, entries);
        }
      }
    }
  }

  /** Gives all rejected records. */
  void forEachRejected(Sink sink) throws IOException {
    long rank = 0;
    for (Group group : groups.values()) {
      try (LineReader records = group.rejected.read()) {
        while (records.next()) {
          sink.block(rank++).copyRejected(records);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    List<Path> files;
    try (Stream<Path> left = Files.list(folder)) {
      files = left.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  /** A file that is open only while it is written to: there may be many groups. */
  private final class Lines {
    private final Path file;
    private final JsonBytes waiting = new JsonBytes(256);
    private long lines;
    private long bytes;

    Lines(String name) {
      file = folder.resolve(name);
    }

    void add(TextLine line) throws IOException {
      waiting.raw(line.buffer(), line.lineStart(), line.lineEnd()).raw(LINE_END);
      lines++;
      bytes += line.lineEnd() - line.lineStart() + 1L;
      if (waiting.length() >= FLUSH) {
        flush();
      }
    }

    private void flush() throws IOException {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        waiting.writeTo(out);
      }
      waiting.clear();
    }

    LineReader read() throws IOException {
      flush();
      return new LineReader(FileChannel.open(file), 0, Long.MAX_VALUE);
    }
  }
}
