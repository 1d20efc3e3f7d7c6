package io.bisift.formats.log;

import io.bisift.core.rollout.Defect;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.stream.GroupTally;
import io.bisift.core.stream.RecentIds;
import io.bisift.core.wire.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A segment's records, by number: what each is, how it ranks, what it is known by, and notes on it.
 * In columns, some 60 bytes a record. Not thread-safe.
 */
final class Ranks {
  /** What became of a message. */
  enum Kind {
    /** No record. */
    BLANK(0),
    /** A record that cannot be ranked: a line in the segment's rejected records. */
    REJECTED(1),
    /** A record that is ranked and cannot be written: a line in the rejected records, too. */
    UNWRITABLE(2),
    /** A record that is ranked: a line in the data, and one in the index. */
    WRITABLE(3);

    /** In files; also its place among all. */
    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    boolean isRanked() {
      return this == UNWRITABLE || this == WRITABLE;
    }
  }

  /** By code. */
  private static final Kind[] KINDS = Kind.values();

  private static final String FORMAT = "bisift-ranks/2";

  private final List<String> groups = new ArrayList<>();
  private final Map<String, Integer> groupNumbers = new HashMap<>();
  private int size;
  private int[] group = new int[64];
  private byte[] kind = new byte[64];
  private long[] order = new long[64];
  private long[] key = new long[64];
  private long[] idHigh = new long[64];
  private long[] idLow = new long[64];

  /** Of each record that is ranked its statistics, of each that is rejected its defect. */
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  private final DataOutputStream notesOut = new DataOutputStream(notes);

  /**
   * Appends a record; its notes follow.
   *
   * @param itsKey 0 where it is not ranked
   */
  void add(String itsGroup, long itsOrder, Kind itsKind, long itsKey, RecentIds.Id id) {
    if (size == group.length) {
      group = Arrays.copyOf(group, 2 * size);
      kind = Arrays.copyOf(kind, 2 * size);
      order = Arrays.copyOf(order, 2 * size);
      key = Arrays.copyOf(key, 2 * size);
      idHigh = Arrays.copyOf(idHigh, 2 * size);
      idLow = Arrays.copyOf(idLow, 2 * size);
    }
    Integer number = groupNumbers.get(itsGroup);
    if (number == null) {
      number = groups.size();
      groups.add(itsGroup);
      groupNumbers.put(itsGroup, number);
    }
    group[size] = number;
    order[size] = itsOrder;
    kind[size] = itsKind.code;
    key[size] = itsKey;
    idHigh[size] = id.high();
    idLow[size] = id.low();
    size++;
  }

  /** Notes what the record added last is like, which is ranked. */
  void note(LabelStatistics statistics) throws IOException {
    LabelStatistics.write(statistics, notesOut);
  }

  /** Notes why the record added last cannot be used; behind its statistics, if it is ranked. */
  void note(Defect defect) throws IOException {
    Wire.writeString(defect.name(), notesOut);
  }

  /** The notes, from the first record on. */
  DataInput notes() {
    return new DataInputStream(new ByteArrayInputStream(notes.toByteArray()));
  }

  int size() {
    return size;
  }

  String group(int record) {
    return groups.get(group[record]);
  }

  Kind kind(int record) {
    return KINDS[kind[record]];
  }

  long order(int record) {
    return order[record];
  }

  long key(int record) {
    return key[record];
  }

  RecentIds.Id id(int record) {
    return new RecentIds.Id(idHigh[record], idLow[record]);
  }

  /** Whether any record has an id. */
  boolean hasIds() {
    for (int i = 0; i < size; i++) {
      if (idHigh[i] != 0 || idLow[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Counts records by group. */
  SortedMap<String, GroupTally> tallies(IntPredicate counts) {
    long[] blank = new long[groups.size()];
    long[] rejected = new long[groups.size()];
    RankHistogram[] ranked = new RankHistogram[groups.size()];
    Arrays.setAll(ranked, i -> new RankHistogram());
    boolean[] occurs = new boolean[groups.size()];
    for (int i = 0; i < size; i++) {
      if (counts.test(i)) {
        int at = group[i];
        occurs[at] = true;
        switch (kind(i)) {
          case BLANK -> blank[at]++;
          case REJECTED -> rejected[at]++;
          case UNWRITABLE, WRITABLE -> ranked[at].add(key[i]);
        }
      }
    }
    SortedMap<String, GroupTally> tallies = new TreeMap<>();
    for (int i = 0; i < groups.size(); i++) {
      if (occurs[i]) {
        tallies.put(groups.get(i), new GroupTally(blank[i], rejected[i], ranked[i]));
      }
    }
    return tallies;
  }

  static void write(Ranks ranks, DataOutput out) throws IOException {
    Wire.writeString(FORMAT, out);
    Wire.writeList(ranks.groups, Wire::writeString, out);
    Wire.writeInt(ranks.size, out);
    for (int i = 0; i < ranks.size; i++) {
      Wire.writeInt(ranks.group[i], out);
      out.writeByte(ranks.kind[i]);
      Wire.writeLong(ranks.order[i], out);
      out.writeLong(ranks.key[i]);
      out.writeLong(ranks.idHigh[i]);
      out.writeLong(ranks.idLow[i]);
    }
    Wire.writeBytes(ranks.notes.toByteArray(), out);
  }

  static Ranks read(DataInput in) throws IOException {
    String format = Wire.readString(in);
    if (!format.equals(FORMAT)) {
      throw new IOException("not " + FORMAT + ": " + format);
    }
    List<String> groups = Wire.readList(Wire::readString, in);
    Ranks ranks = new Ranks();
    for (int left = Wire.readInt(in); left > 0; left--) {
      String group = groups.get(Wire.readInt(in));
      Kind kind = KINDS[in.readByte()];
      long order = Wire.readLong(in);
      long key = in.readLong();
      ranks.add(group, order, kind, key, new RecentIds.Id(in.readLong(), in.readLong()));
    }
    ranks.notes.writeBytes(Wire.readBytes(in));
    return ranks;
  }
}
