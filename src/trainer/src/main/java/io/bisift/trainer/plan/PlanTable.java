package io.bisift.trainer.plan;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The plan as people read it: a line for each device, gigabytes. */
public final class PlanTable {
  private static final double GIGABYTE = 1e9;
  private static final String LINE = "%-8s %-8s %9s %10s %10s %12s %8s %8s%n";

  private PlanTable() {}

  /**
   * The table.
   *
   * @param limit bytes of a device, if known
   */
  public static String of(List<String> devices, List<MemoryPlan.Share> shares, OptionalLong limit) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            LINE,
            "device",
            "layers",
            "weights",
            "gradients",
            "optimizer",
            "activations",
            "work",
            "total"));
    for (int i = 0; i < shares.size(); i++) {
      MemoryPlan.Share share = shares.get(i);
      table.append(
          String.format(
              Locale.ROOT,
              LINE,
              devices.get(i),
              share.layers(),
              gigabytes(share.weights()),
              gigabytes(share.gradients()),
              gigabytes(share.optimizer()),
              gigabytes(share.activations()),
              gigabytes(share.work()),
              gigabytes(share.total())));
    }
    if (shares.size() > 1) {
      table.append(
          String.format(
              Locale.ROOT,
              LINE,
              "all",
              "",
              sum(shares, MemoryPlan.Share::weights),
              sum(shares, MemoryPlan.Share::gradients),
              sum(shares, MemoryPlan.Share::optimizer),
              sum(shares, MemoryPlan.Share::activations),
              sum(shares, MemoryPlan.Share::work),
              sum(shares, MemoryPlan.Share::total)));
    }
    if (limit.isPresent()) {
      long fullest = shares.stream().mapToLong(MemoryPlan.Share::total).max().orElse(0);
      table.append(
          String.format(
              Locale.ROOT,
              fullest <= limit.getAsLong()
                  ? "fits: the fullest device takes %s of %s GB%n"
                  : "does not fit: the fullest device takes %s, it has %s GB%n",
              gigabytes(fullest),
              gigabytes(limit.getAsLong())));
    }
    return table.toString();
  }

  private static String sum(List<MemoryPlan.Share> shares, ToLongFunction<MemoryPlan.Share> part) {
    return gigabytes(shares.stream().mapToLong(part).sum());
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / GIGABYTE);
  }
}
