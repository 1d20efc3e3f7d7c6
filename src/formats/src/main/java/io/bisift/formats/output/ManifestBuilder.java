package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.core.plan.RangeOutcome;
import io.bisift.core.plan.RangeTally;
import io.bisift.core.plan.ShardTask;
import io.bisift.core.plan.SourceTotals;
import io.bisift.core.rollout.Defect;
import io.bisift.core.select.Cut;
import io.bisift.core.select.RankHistogram;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Puts a manifest together: the plan first, the shards when they are written. */
public final class ManifestBuilder {
  private ManifestBuilder() {}

  /**
   * The manifest of a set that is planned but not written.
   *
   * @param tool what makes the set
   * @param sources in order
   * @param outcomes of all ranges, sorted
   * @param totals by source index
   * @param cuts by source index; ignored by convert
   * @throws UserException if a source is not as long as it was when it was found
   */
  public static Manifest plan(
      RunParameters parameters,
      String tool,
      List<SourceFile> sources,
      List<RangeOutcome> outcomes,
      IntFunction<SourceTotals> totals,
      IntFunction<@Nullable Cut> cuts) {
    List<Manifest.Input> inputs = new ArrayList<>();
    List<Manifest.Source> reports = new ArrayList<>();
    LabelStatistics pool = new LabelStatistics();
    Manifest.Counts sum = Manifest.Counts.NONE;
    double keptBytes = 0;
    int next = 0;
    for (int i = 0; i < sources.size(); i++) {
      int first = next;
      while (next < outcomes.size() && outcomes.get(next).quota().tally().range().source() == i) {
        next++;
      }
      List<RangeOutcome> own = outcomes.subList(first, next);
      inputs.add(input(sources.get(i), own));
      Manifest.Source report = report(sources.get(i), own, totals.apply(i), cuts.apply(i));
      reports.add(report);
      sum = sum.plus(report.counts());
      pool.add(totals.apply(i).pool());
      if (report.counts().ranked() > 0) {
        keptBytes +=
            (double) totals.apply(i).rankedBytes()
                * report.counts().written()
                / report.counts().ranked();
      }
    }
    return new Manifest(
        Manifest.FORMAT,
        tool,
        describe(parameters, shardCount(parameters, keptBytes)),
        inputs,
        sum,
        pool.summary(),
        null,
        reports,
        List.of(),
        Manifest.Rejected.UNKNOWN,
        Math.round(keptBytes));
  }

  private static int shardCount(RunParameters parameters, double keptBytes) {
    if (parameters.shards() != null) {
      return parameters.shards();
    }
    return Math.max(1, (int) Math.ceil(keptBytes / parameters.shardSize()));
  }

  private static Manifest.Parameters describe(RunParameters parameters, int shards) {
    boolean hard = parameters.labels().kind() == LabelRule.Kind.HARD;
    return new Manifest.Parameters(
        parameters.command(),
        parameters.alpha(),
        parameters.topRatio(),
        parameters.labels().kind(),
        hard ? parameters.labels().threshold() : null,
        shards,
        parameters.shards() == null ? parameters.shardSize() : null,
        parameters.compression(),
        parameters.imageRoot() != null);
  }

  private static Manifest.Input input(SourceFile source, List<RangeOutcome> outcomes) {
    int crc = 0;
    long bytes = 0;
    for (RangeOutcome outcome : outcomes) {
      RangeTally tally = outcome.quota().tally();
      crc = Crc32c.join(crc, tally.crc(), tally.bytes());
      bytes += tally.bytes();
    }
    if (bytes != source.size()) {
      throw UserException.failure(
          source.path()
              + " had "
              + source.size()
              + " bytes when it was found and "
              + bytes
              + " when it was read; run again when nobody writes to it");
    }
    return new Manifest.Input(source.input(), source.size(), Crc32c.hex(crc));
  }

  private static Manifest.Source report(
      SourceFile source, List<RangeOutcome> outcomes, SourceTotals totals, @Nullable Cut cut) {
    long unwritable = outcomes.stream().mapToLong(RangeOutcome::unwritable).sum();
    long written = outcomes.stream().mapToLong(RangeOutcome::written).sum();
    Manifest.Counts counts =
        new Manifest.Counts(
            totals.lines(),
            totals.blank(),
            totals.rejected() + unwritable,
            totals.ranked() - unwritable,
            totals.ranked(),
            written,
            totals.ranked() - unwritable - written);
    Manifest.CutScore score =
        cut == null || cut.key() < 0
            ? null
            : new Manifest.CutScore(RankHistogram.scoreOf(cut.key()), cut.ties(), cut.tiesKept());
    return new Manifest.Source(source.name(), counts, score, totals.pool().summary(), null);
  }

  /** The manifest of the set, now that its shards are written. */
  public static Manifest complete(Manifest plan, List<WrittenShard> written) {
    List<WrittenShard> sorted = new ArrayList<>(written);
    sorted.sort(Comparator.comparingInt(WrittenShard::index));
    List<Manifest.Shard> shards = new ArrayList<>();
    List<WrittenFile> rejected = new ArrayList<>();
    SortedMap<Defect, Long> defects = new TreeMap<>();
    Map<Integer, LabelStatistics> selected = new TreeMap<>();
    LabelStatistics all = new LabelStatistics();
    for (WrittenShard shard : sorted) {
      if (shard.kind() == ShardTask.Kind.DATA && shard.indexFile() != null) {
        shards.add(new Manifest.Shard(shard.file(), shard.indexFile()));
      } else {
        rejected.add(shard.file());
      }
      shard.defects().forEach((defect, count) -> defects.merge(defect, count, Long::sum));
      shard
          .selected()
          .forEach(
              (source, statistics) -> {
                selected.computeIfAbsent(source, key -> new LabelStatistics()).add(statistics);
                all.add(statistics);
              });
    }
    requireAll(plan, shards, rejected);
    List<Manifest.Source> sources = new ArrayList<>();
    for (int i = 0; i < plan.sources().size(); i++) {
      Manifest.Source source = plan.sources().get(i);
      LabelStatistics own = selected.getOrDefault(i, new LabelStatistics());
      sources.add(
          new Manifest.Source(
              source.source(), source.counts(), source.cut(), source.pool(), own.summary()));
    }
    return new Manifest(
        plan.format(),
        plan.tool(),
        plan.parameters(),
        plan.inputs(),
        plan.totals(),
        plan.pool(),
        all.summary(),
        sources,
        shards,
        new Manifest.Rejected(plan.totals().rejected(), names(defects), rejected),
        /* plannedBytes= */ null);
  }

  /** What was written must be what was planned, or something was lost on the way. */
  private static void requireAll(
      Manifest plan, List<Manifest.Shard> shards, List<WrittenFile> rejected) {
    long records = shards.stream().mapToLong(shard -> shard.data().records()).sum();
    long aside = rejected.stream().mapToLong(WrittenFile::records).sum();
    if (shards.size() != plan.parameters().shards()
        || records != plan.totals().written()
        || aside != plan.totals().rejected()) {
      throw new IllegalStateException(
          String.format(
              "planned %d shards, %d records and %d rejected ones; got %d, %d and %d",
              plan.parameters().shards(),
              plan.totals().written(),
              plan.totals().rejected(),
              shards.size(),
              records,
              aside));
    }
  }

  private static Map<String, Long> names(SortedMap<Defect, Long> defects) {
    SortedMap<String, Long> names = new TreeMap<>();
    defects.forEach((defect, count) -> names.put(defect.name().toLowerCase(Locale.ROOT), count));
    return names;
  }
}
