package io.bisift.formats.output;

import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.training.LabelRule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The {@code README.md} of a set: what is in it and how it was made, and nothing unchecked. */
final class DatasetCard {
  private DatasetCard() {}

  static void write(Manifest manifest, OutputStream out) throws IOException {
    Writer card = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    card.append("---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n")
        .append("    path: data/part-*\n---\n\n")
        .append("# Process reward model training set\n\n")
        .append(origin(manifest))
        .append("\n\n");
    if (manifest.pool() != null && manifest.selected() != null) {
      card.append(
              "| | rollouts | steps | steps per rollout | wrong steps | mean MC score | mixed |\n")
          .append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
      appendRow(card, "all that can be ranked", manifest.pool());
      appendRow(card, "this set", manifest.selected());
      card.append('\n');
    }
    card.append(files(manifest));
    card.append("\n| source | lines | rejected | usable | written | cut score | ties kept |\n")
        .append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (Manifest.Source source : manifest.sources()) {
      Manifest.Counts counts = source.counts();
      Manifest.CutScore cut = source.cut();
      card.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %d | %d | %s | %s |\n",
              source.source().replace("|", "\\|"),
              counts.lines(),
              counts.rejected(),
              counts.usable(),
              counts.written(),
              cut == null ? "–" : String.format(Locale.ROOT, "%.6f", cut.bis()),
              cut == null ? "–" : cut.tiesKept() + " of " + cut.ties()));
    }
    card.flush();
  }

  private static String origin(Manifest manifest) {
    Manifest.Parameters parameters = manifest.parameters();
    String made =
        switch (parameters.command()) {
          case CONVERT -> "All rollouts of the sources below, converted by ";
          case SELECT ->
              "The best "
                  + parameters.topRatio()
                  + " of each source below by the Balanced-Information Score (arXiv:2602.04145)"
                  + " with α = "
                  + parameters.alpha()
                  + ", selected by ";
        };
    String labels =
        parameters.labels() == LabelRule.Kind.HARD
            ? "Labels are hard: 1.0 where a step's Monte Carlo score is above "
                + parameters.threshold()
                + ", else 0.0."
            : "Labels are soft: the steps' Monte Carlo scores.";
    String images =
        parameters.imagesChecked()
            ? "Every picture named was there when the set was made."
            : "Whether the pictures named exist was not checked.";
    return made + manifest.tool() + ". " + labels + " " + images;
  }

  private static void appendRow(Writer card, String name, LabelStatistics.Summary statistics)
      throws IOException {
    card.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %.2f | %.4f | %.4f | %.4f |\n",
            name,
            statistics.rollouts(),
            statistics.steps(),
            statistics.stepsPerRollout(),
            statistics.errorStepRatio(),
            statistics.meanMcScore(),
            statistics.mixedRatio()));
  }

  private static String files(Manifest manifest) {
    return "`data/` has "
        + manifest.shards().size()
        + " shards of training records in source and line order, `index/` says for each record"
        + " where it came from and how it scored, `manifest.json` has every count and checksum"
        + (manifest.rejected().records() == 0
            ? "."
            : ", `rejected/` has the "
                + manifest.rejected().records()
                + " records that could not be used, each with its reason.")
        + "\n";
  }
}
