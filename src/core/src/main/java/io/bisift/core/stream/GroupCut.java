package io.bisift.core.stream;

import io.bisift.core.select.Cut;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a group is cut: by score, and among the records tied at it by order. Of each log shard the
 * first few ties are kept: all of them in the shards before the boundary, some in the one that
 * holds it, none behind.
 *
 * @param cut over the whole group
 * @param tiesKept by log shard; shards that are not named keep none
 */
public record GroupCut(Cut cut, SortedMap<LogShard, Long> tiesKept) {
  public GroupCut {
    tiesKept = Collections.unmodifiableSortedMap(new TreeMap<>(tiesKept));
  }

  /**
   * Deals the ties that a cut keeps to the log shards, in their order.
   *
   * @param ties how many each shard has
   */
  static GroupCut deal(Cut cut, SortedMap<LogShard, Long> ties) {
    SortedMap<LogShard, Long> kept = new TreeMap<>();
    long left = cut.tiesKept();
    for (Map.Entry<LogShard, Long> shard : ties.entrySet()) {
      long taken = Math.min(left, shard.getValue());
      if (taken > 0) {
        kept.put(shard.getKey(), taken);
      }
      left -= taken;
    }
    if (left > 0) {
      throw new IllegalStateException(left + " ties of " + cut + " are not in any shard");
    }
    return new GroupCut(cut, kept);
  }
}
