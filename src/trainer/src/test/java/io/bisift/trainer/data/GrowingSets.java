package io.bisift.trainer.data;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.LogCommitter;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.Segment;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Growing sets of two sources, of which three records in ten are kept. */
public final class GrowingSets {
  private static final List<LogShard> SHARDS = List.of(new LogShard("t", 2), new LogShard("t", 10));

  private final Path folder;
  private final int pictures;
  private final StreamFolder stream;
  private final LogCommitter committer;
  private int records;

  /**
   * @param pictures that records have, one after the other and again: {@code all/00000.png} and so
   *     on
   */
  public GrowingSets(Path folder, int pictures) throws IOException {
    this.folder = folder;
    this.pictures = pictures;
    this.stream = Streams.open(new LocalStorage(), folder);
    this.committer = Streams.committer(stream);
  }

  /**
   * Publishes the next version.
   *
   * @param more records that it has more
   */
  public void grow(int more) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (LogShard shard : SHARDS) {
      List<Message> messages = new ArrayList<>();
      for (int i = 0; i < more / SHARDS.size(); i++) {
        String image = "all/%05d.png".formatted(records % pictures);
        String source = i % 2 == 0 ? "b.jsonl" : "a.jsonl";
        // 8 of 16 is the best: the later, the better, so records fall below the cut
        int correct = 1 + (records % 5 + records / 40) % 8;
        String line = Rollouts.line(image, correct).strip();
        messages.add(Streams.message(shard, records++, source, "", line));
      }
      segments.addAll(Streams.append(folder, messages));
    }
    committer.commit(segments, List.of());
  }

  public long version() throws IOException {
    return stream.latestVersion();
  }

  /** A version as a plain set. */
  public void compact(long version, Path output) throws IOException {
    Streams.compact(stream, version, output);
  }

  /** The set, to train on. */
  public GrowingSet open(Path cache) {
    return GrowingSet.find(new LocalStorage(), folder.toString(), cache).orElseThrow();
  }
}
