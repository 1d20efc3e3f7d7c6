package io.bisift.core.metrics;

/** Deals a table's items into parts, source by source, so that each part has some of each. */
final class Folds {
  private Folds() {}

  /** The part of each item: a seeded shuffle of each source's items, dealt in turn. */
  static int[] of(ItemTable table, int parts, long seed) {
    int[] foldOf = new int[table.items()];
    int[][] members = membersBySource(table);
    for (int source = 0; source < members.length; source++) {
      int[] items = members[source];
      Draws draws = Draws.of(seed, source);
      for (int i = items.length - 1; i > 0; i--) {
        int other = draws.below(i + 1);
        int swapped = items[i];
        items[i] = items[other];
        items[other] = swapped;
      }
      for (int i = 0; i < items.length; i++) {
        foldOf[items[i]] = i % parts;
      }
    }
    return foldOf;
  }

  /** Items by index of their source; those without a step are left out. */
  private static int[][] membersBySource(ItemTable table) {
    int[] counts = new int[table.sources().size()];
    for (int item = 0; item < table.items(); item++) {
      counts[table.source(item)] += table.start(item) < table.end(item) ? 1 : 0;
    }
    int[][] members = new int[counts.length][];
    for (int i = 0; i < counts.length; i++) {
      members[i] = new int[counts[i]];
    }
    int[] filled = new int[counts.length];
    for (int item = 0; item < table.items(); item++) {
      if (table.start(item) < table.end(item)) {
        int source = table.source(item);
        members[source][filled[source]++] = item;
      }
    }
    return members;
  }
}
