package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.wire.Wire;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.JsonlFile;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One file of the output: consecutive lines of consecutive chunks.
 *
 * @param folder {@link ResultFolder#SCORES} or {@link ResultFolder#REJECTED}
 * @param index i of N
 * @param count N
 * @param firstChunk that has lines of it
 * @param keys of that chunk and those behind it that have lines of it
 * @param skip lines of that chunk that belong to the file before
 * @param lines of this file
 */
public record ResultShard(
    String folder, int index, int count, int firstChunk, List<String> keys, long skip, long lines) {

  public ResultShard {
    keys = List.copyOf(keys);
  }

  /** The files of a run: of K lines, file i of N has those from ⌊iK/N⌋ up to ⌊(i+1)K/N⌋. */
  public static List<ResultShard> plan(List<ChunkOutcome> outcomes, int shards) {
    List<ResultShard> plan = new ArrayList<>();
    plan(ResultFolder.SCORES, outcomes, ChunkOutcome::scored, shards, plan);
    if (outcomes.stream().anyMatch(outcome -> outcome.rejected() > 0)) {
      plan(ResultFolder.REJECTED, outcomes, ChunkOutcome::rejected, 1, plan);
    }
    return plan;
  }

  private static void plan(
      String folder,
      List<ChunkOutcome> outcomes,
      ToLongFunction<ChunkOutcome> lines,
      int shards,
      List<ResultShard> plan) {
    long all = outcomes.stream().mapToLong(lines).sum();
    int first = 0;
    long before = 0; // lines of the chunks before the first
    for (int i = 0; i < shards; i++) {
      long start = all * i / shards;
      long end = all * (i + 1) / shards;
      while (first < outcomes.size() && before + lines.applyAsLong(outcomes.get(first)) <= start) {
        before += lines.applyAsLong(outcomes.get(first++));
      }
      List<String> keys = new ArrayList<>();
      long covered = before;
      for (int chunk = first; covered < end; chunk++) {
        keys.add(outcomes.get(chunk).key());
        covered += lines.applyAsLong(outcomes.get(chunk));
      }
      plan.add(new ResultShard(folder, i, shards, first, keys, start - before, end - start));
    }
  }

  /**
   * Writes the file.
   *
   * @param id of the run
   * @throws UserException if another run has taken the folder
   */
  public WrittenFile write(Storage storage, String output, String id) throws IOException {
    ResultFolder chunks = new ResultFolder(storage, output);
    chunks.requireOwner(id);
    String name = folder + "/" + OutputLayout.part(index, count);
    Storage owned = chunks.ownedBy(id, storage);
    try (JsonlFile file = new JsonlFile(owned, chunks.layout(), name, Compression.NONE)) {
      long left = lines;
      long passed = skip;
      for (int i = 0; i < keys.size(); i++) {
        ChunkFile<Void> content = ChunkFile.read(chunks, firstChunk + i, keys.get(i));
        JsonBytes text = folder.equals(ResultFolder.SCORES) ? content.scored() : content.rejected();
        Cut cut = Cut.of(text, passed, left);
        file.append(new JsonBytes().raw(text.buffer(), cut.from, cut.to), cut.lines);
        left -= cut.lines;
        passed = 0;
      }
      return file.finish();
    }
  }

  /** A stretch of whole lines. */
  private record Cut(int from, int to, long lines) {
    static Cut of(JsonBytes text, long skip, long most) {
      byte[] bytes = text.buffer();
      int from = 0;
      int at = 0;
      long passed = 0;
      while (at < text.length() && passed < skip + most) {
        if (bytes[at++] == '\n') {
          passed++;
          from = passed == skip ? at : from;
        }
      }
      return new Cut(from, at, passed - skip);
    }
  }

  public static void write(ResultShard shard, DataOutput out) throws IOException {
    Wire.writeString(shard.folder, out);
    Wire.writeInt(shard.index, out);
    Wire.writeInt(shard.count, out);
    Wire.writeInt(shard.firstChunk, out);
    Wire.writeList(shard.keys, Wire::writeString, out);
    Wire.writeLong(shard.skip, out);
    Wire.writeLong(shard.lines, out);
  }

  public static ResultShard read(DataInput in) throws IOException {
    return new ResultShard(
        Wire.readString(in),
        Wire.readInt(in),
        Wire.readInt(in),
        Wire.readInt(in),
        Wire.readList(Wire::readString, in),
        Wire.readLong(in),
        Wire.readLong(in));
  }
}
