package io.bisift.core.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ranges with counts that a test chooses. */
final class Ranges {
  private Ranges() {}

  static RangeTally tally(int source, int range, long lines, long above, long tied) {
    RangeId id = new RangeId(source, 100L * range, 100L * range + 100);
    return new RangeTally(id, lines, 100, 7, lines - above - tied, above, tied, false);
  }

  /** A range that writes {@code kept - unwritable} records and rejects the others of its lines. */
  static RangeOutcome outcome(int source, int range, long kept, long unwritable, long rejected) {
    RangeTally tally = tally(source, range, kept + rejected, kept, 0);
    return new RangeOutcome(new RangeQuota(tally, 1, 0), unwritable);
  }

  /** Some sources of some ranges; in every third source many ranges give nothing. */
  static List<RangeOutcome> random(Random random) {
    List<RangeOutcome> outcomes = new ArrayList<>();
    int sources = random.nextInt(6);
    for (int source = 0; source < sources; source++) {
      int ranges = 1 + random.nextInt(4);
      int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
      for (int range = 0; range < ranges; range++) {
        int kept = random.nextInt(3) == 0 ? 0 : random.nextInt(most);
        outcomes.add(
            outcome(source, range, kept, kept == 0 ? 0 : random.nextInt(kept), random.nextInt(3)));
      }
    }
    return outcomes;
  }
}
