package io.bisift.formats.log;

import io.bisift.core.plan.ShardCuts;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.output.SetFinisher;
import io.bisift.formats.run.LocalRun;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.RecordBlock;
import io.bisift.formats.shard.SetWriter;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Turns a version of a growing set into a plain one: the bytes that {@code select} writes for the
 * same records, source by source, each in its order. Memory does not grow with the records; they
 * pass through files of this machine, since sources are mixed in the log.
 */
public final class Compaction {
  /** Means nothing here. */
  private static final long CHUNK = 1 << 24;

  private final Storage storage;
  private final StreamFolder stream;
  private final long version;
  private final RunParameters run;
  private final String tool;

  /**
   * @param version of the stream
   * @param run says where and in what shards; its annotations are the version's manifest
   * @param tool name and version of what makes the set
   */
  public Compaction(
      Storage storage, StreamFolder stream, long version, RunParameters run, String tool) {
    this.storage = storage;
    this.stream = stream;
    this.version = version;
    this.run = run;
    this.tool = tool;
  }

  /**
   * What a run that compacts is told.
   *
   * @param shards data shards, or null: as many as the shard size asks for
   * @param shardSize bytes of the records of a shard, where their number is not given
   */
  public static RunParameters parameters(
      StreamFolder stream,
      long version,
      StreamParameters parameters,
      String output,
      @Nullable Integer shards,
      long shardSize,
      Compression compression,
      boolean force) {
    return new RunParameters(
        Command.SELECT,
        List.of(stream.layout().path(LogLayout.manifest(version))),
        output,
        parameters.alpha(),
        parameters.topRatio(),
        parameters.labels(),
        shards,
        shardSize,
        compression,
        parameters.imageRoot(),
        CHUNK,
        /* maxRejected= */ null,
        force);
  }

  /**
   * Makes the set.
   *
   * @param id tells this run from others that want the same folder
   */
  public Manifest write(String id) throws IOException {
    OutputFolder output = new OutputFolder(storage, run.output());
    output.claim(run, tool, id);
    try (SpilledGroups groups = new SpilledGroups()) {
      new LogReader(stream, version).read(groups);
      int shards =
          run.shards() != null
              ? run.shards()
              : (int) Math.max(1, (groups.keptBytes() + run.shardSize() - 1) / run.shardSize());
      ShardCuts data = new ShardCuts(groups.kept(), shards);
      ShardCuts rejected = ShardCuts.ofRejected(groups.rejected());
      List<WrittenShard> written;
      try (SetWriter writer =
          new SetWriter(
              output.ownedBy(id),
              new OutputLayout(run.output()),
              run.compression(),
              data.shards(),
              rejected.shards())) {
        try (Blocks blocks = new Blocks(writer, ShardTask.Kind.DATA, data)) {
          groups.forEachKept(blocks);
        }
        try (Blocks blocks = new Blocks(writer, ShardTask.Kind.REJECTED, rejected)) {
          groups.forEachRejected(blocks);
        }
        written = writer.finish();
      }
      Manifest manifest = manifest(groups, shards, written);
      new SetFinisher(storage, run, id).finish(manifest, LocalRun.RUNNER);
      return manifest;
    }
  }

  /** Gathers records in blocks and hands them to the writer. */
  private static final class Blocks implements SpilledGroups.Sink, AutoCloseable {
    private final SetWriter writer;
    private final ShardTask.Kind kind;
    private final ShardCuts cuts;
    private RecordBlock block = new RecordBlock();
    private int shard;

    Blocks(SetWriter writer, ShardTask.Kind kind, ShardCuts cuts) {
      this.writer = writer;
      this.kind = kind;
      this.cuts = cuts;
    }

    @Override
    public RecordBlock block(long rank) throws IOException {
      int wanted = cuts.shardOf(rank);
      if (wanted != shard || block.isFull()) {
        close();
        block = new RecordBlock();
        shard = wanted;
      }
      return block;
    }

    @Override
    public void close() throws IOException {
      if (block.records() > 0) {
        writer.append(kind, shard, block);
      }
    }
  }

  private Manifest manifest(SpilledGroups groups, int shards, List<WrittenShard> written)
      throws IOException {
    List<Manifest.Source> sources = new ArrayList<>();
    Manifest.Counts totals = Manifest.Counts.NONE;
    LabelStatistics pool = new LabelStatistics();
    LabelStatistics selected = new LabelStatistics();
    for (StreamManifest.Group group : stream.groups(version)) {
      SpilledGroups.Group read = groups.group(group.group());
      Manifest.Counts counts = counts(group.counts(), read);
      totals = totals.plus(counts);
      pool.add(read.pool());
      selected.add(read.selected());
      sources.add(
          new Manifest.Source(
              group.group(),
              counts,
              group.cut() == null ? read.cut() : cut(group.cut()),
              read.pool().summary(),
              read.selected().summary()));
    }
    List<Manifest.Shard> data = new ArrayList<>();
    List<WrittenFile> rejected = new ArrayList<>();
    for (WrittenShard shard : written) {
      if (shard.indexFile() != null) {
        data.add(new Manifest.Shard(shard.file(), shard.indexFile()));
      } else {
        rejected.add(shard.file());
      }
    }
    boolean hard = run.labels().kind() == LabelRule.Kind.HARD;
    return new Manifest(
        Manifest.FORMAT,
        tool,
        new Manifest.Parameters(
            run.command(),
            run.alpha(),
            run.topRatio(),
            run.labels().kind(),
            hard ? run.labels().threshold() : null,
            shards,
            run.shards() == null ? run.shardSize() : null,
            run.compression(),
            run.imageRoot() != null),
        List.of(input()),
        totals,
        pool.summary(),
        selected.summary(),
        sources,
        data,
        new Manifest.Rejected(groups.rejected(), groups.defects(), rejected),
        /* plannedBytes= */ null);
  }

  private static Manifest.Counts counts(StreamManifest.Counts all, SpilledGroups.Group group) {
    long unwritable = group.rejected() - all.rejected();
    long usable = all.ranked() - unwritable;
    return new Manifest.Counts(
        all.records(),
        all.blank(),
        group.rejected(),
        usable,
        all.ranked(),
        group.kept(),
        usable - group.kept());
  }

  private static Manifest.CutScore cut(StreamManifest.GroupCutScore cut) {
    return new Manifest.CutScore(cut.bis(), cut.ties(), cut.tiesKept());
  }

  private Manifest.Input input() throws IOException {
    byte[] bytes = stream.manifestBytes(version);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Manifest.Input(
        LogLayout.manifest(version), bytes.length, Crc32c.hex((int) crc.getValue()));
  }
}
