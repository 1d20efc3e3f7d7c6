package io.bisift.formats.evaluate;

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

/**
 * One file of the output: consecutive lines of consecutive chunks.
 *
 * @param folder {@link ResultFolder#SCORES} or {@link ResultFolder#REJECTED}
 * @param index i of N
 * @param count N
 * @param firstChunk that has lines of it
 * @param skip lines of that chunk that belong to the file before
 * @param lines of this file
 */
public record ResultShard(
    String folder, int index, int count, int firstChunk, long skip, long lines) {

  /** The files of a run: of K lines, file i of N has those from ⌊iK/N⌋ up to ⌊(i+1)K/N⌋. */
  public static List<ResultShard> plan(List<ChunkOutcome> outcomes, int shards) {
    List<ResultShard> plan = new ArrayList<>();
    long scored = outcomes.stream().mapToLong(ChunkOutcome::scored).sum();
    plan(
        ResultFolder.SCORES,
        outcomes.stream().map(ChunkOutcome::scored).toList(),
        scored,
        shards,
        plan);
    long rejected = outcomes.stream().mapToLong(ChunkOutcome::rejected).sum();
    if (rejected > 0) {
      plan(
          ResultFolder.REJECTED,
          outcomes.stream().map(ChunkOutcome::rejected).toList(),
          rejected,
          1,
          plan);
    }
    return plan;
  }

  private static void plan(
      String folder, List<Long> byChunk, long all, int shards, List<ResultShard> plan) {
    int chunk = 0;
    long before = 0; // lines of the chunks before
    for (int i = 0; i < shards; i++) {
      long start = all * i / shards;
      long end = all * (i + 1) / shards;
      while (chunk < byChunk.size() - 1 && before + byChunk.get(chunk) <= start) {
        before += byChunk.get(chunk++);
      }
      plan.add(new ResultShard(folder, i, shards, chunk, start - before, end - start));
    }
  }

  /** Writes the file. */
  public WrittenFile write(Storage storage, String output) throws IOException {
    ResultFolder chunks = new ResultFolder(storage, output);
    String name = folder + "/" + OutputLayout.part(index, count);
    try (JsonlFile file = new JsonlFile(storage, chunks.layout(), name, Compression.NONE)) {
      long left = lines;
      long passed = skip;
      for (int chunk = firstChunk; left > 0; chunk++) {
        ChunkFile<Void> content = ChunkFile.read(chunks, chunk);
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
    Wire.writeLong(shard.skip, out);
    Wire.writeLong(shard.lines, out);
  }

  public static ResultShard read(DataInput in) throws IOException {
    return new ResultShard(
        Wire.readString(in),
        Wire.readInt(in),
        Wire.readInt(in),
        Wire.readInt(in),
        Wire.readLong(in),
        Wire.readLong(in));
  }
}
