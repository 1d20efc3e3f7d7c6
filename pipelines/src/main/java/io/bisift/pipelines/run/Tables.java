package io.bisift.pipelines.run;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.Manifest;
import io.bisift.pipelines.options.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Manifests for the eye. */
final class Tables {
  private static final String NOTHING = "-";

  private Tables() {}

  /** What a set would be. */
  static String plan(Manifest plan) {
    TextTable table = new TextTable("source", "usable", "kept", "cut score", "ties kept");
    for (Manifest.Source source : plan.sources()) {
      Manifest.Counts counts = source.counts();
      table.row(
          source.source(),
          count(counts.usable()),
          count(counts.written()),
          cut(source.cut()),
          ties(source.cut()));
    }
    Manifest.Counts totals = plan.totals();
    table.row("total", count(totals.usable()), count(totals.written()), "", "");
    return table
        + "\n"
        + count(totals.lines())
        + " lines: "
        + count(totals.blank())
        + " blank, "
        + count(totals.rejected())
        + " rejected, "
        + count(totals.usable())
        + " usable\n"
        + "would write "
        + count(totals.written())
        + " records"
        + expected(plan)
        + " into "
        + shards(plan.parameters().shards())
        + "; nothing was written";
  }

  private static String expected(Manifest plan) {
    Long bytes = plan.plannedBytes();
    return bytes == null ? "" : ", from " + ByteSize.format(bytes) + " of annotation lines,";
  }

  private static String shards(int count) {
    return count == 1 ? "1 data file" : count + " data files";
  }

  /** What sets are: one source by source, several side by side. By folder. */
  static String complete(Map<String, Manifest> sets) {
    if (sets.size() == 1) {
      Map.Entry<String, Manifest> only = sets.entrySet().iterator().next();
      return complete(only.getValue(), only.getKey());
    }
    TextTable table =
        new TextTable(
            "set",
            "rejected",
            "written",
            "steps/rollout",
            "error steps",
            "mean MC",
            "mixed",
            "data files");
    sets.forEach((folder, manifest) -> addRow(table, folder, manifest));
    return table.toString();
  }

  private static void addRow(TextTable table, String folder, Manifest manifest) {
    LabelStatistics.Summary statistics = manifest.selected();
    if (statistics != null) {
      table.row(
          folder,
          count(manifest.totals().rejected()),
          count(manifest.totals().written()),
          String.format(Locale.ROOT, "%.2f", statistics.stepsPerRollout()),
          percent(statistics.errorStepRatio()),
          String.format(Locale.ROOT, "%.4f", statistics.meanMcScore()),
          percent(statistics.mixedRatio()),
          count(manifest.shards().size()));
    }
  }

  private static String complete(Manifest manifest, String folder) {
    boolean select = manifest.parameters().command() == Command.SELECT;
    List<String> headings =
        new ArrayList<>(List.of("source", "lines", "blank", "rejected", "usable", "written"));
    if (select) {
      headings.addAll(List.of("cut score", "ties kept"));
    }
    TextTable table = new TextTable(headings.toArray(String[]::new));
    for (Manifest.Source source : manifest.sources()) {
      addRow(table, source.source(), source.counts(), source.cut(), select);
    }
    addRow(table, "total", manifest.totals(), null, select);
    return table + "\n" + statistics(manifest) + rejected(manifest, folder) + files(manifest);
  }

  private static void addRow(
      TextTable table,
      String name,
      Manifest.Counts counts,
      Manifest.@Nullable CutScore cut,
      boolean select) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                name,
                count(counts.lines()),
                count(counts.blank()),
                count(counts.rejected()),
                count(counts.usable()),
                count(counts.written())));
    if (select) {
      cells.addAll(List.of(cut(cut), ties(cut)));
    }
    table.row(cells.toArray(String[]::new));
  }

  private static String statistics(Manifest manifest) {
    TextTable table =
        new TextTable("", "rollouts", "steps", "steps/rollout", "error steps", "mean MC", "mixed");
    addRow(table, "pool", manifest.pool());
    addRow(table, "written", manifest.selected());
    return table + "\n";
  }

  private static void addRow(
      TextTable table, String name, LabelStatistics.@Nullable Summary statistics) {
    if (statistics != null) {
      table.row(
          name,
          count(statistics.rollouts()),
          count(statistics.steps()),
          String.format(Locale.ROOT, "%.2f", statistics.stepsPerRollout()),
          percent(statistics.errorStepRatio()),
          String.format(Locale.ROOT, "%.4f", statistics.meanMcScore()),
          percent(statistics.mixedRatio()));
    }
  }

  private static String rejected(Manifest manifest, String folder) {
    Manifest.Rejected rejected = manifest.rejected();
    if (rejected.records() == 0) {
      return "";
    }
    String reasons =
        rejected.byDefect().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> count(entry.getValue()) + " " + entry.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
    return count(rejected.records())
        + " rejected: "
        + reasons
        + "\n  each with its reason in "
        + folder
        + (folder.endsWith("/") ? "" : "/")
        + "rejected\n";
  }

  private static String files(Manifest manifest) {
    long bytes = manifest.shards().stream().mapToLong(shard -> shard.data().bytes()).sum();
    return count(manifest.totals().written())
        + " records, "
        + ByteSize.format(bytes)
        + ", in "
        + shards(manifest.shards().size());
  }

  private static String cut(Manifest.@Nullable CutScore cut) {
    return cut == null ? NOTHING : String.format(Locale.ROOT, "%.6f", cut.bis());
  }

  private static String ties(Manifest.@Nullable CutScore cut) {
    return cut == null ? NOTHING : count(cut.tiesKept()) + " of " + count(cut.ties());
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * ratio);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
