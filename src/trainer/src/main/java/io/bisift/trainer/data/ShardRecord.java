package io.bisift.trainer.data;

import java.util.List;

/**
 * A training record as a shard has it.
 *
 * @param images names below the image root; none for a record of text alone
 * @param text question and steps, each step closed by {@code <prm>}
 * @param labels one for each step, in [0, 1]
 */
record ShardRecord(List<String> images, String text, List<Double> labels) {
  ShardRecord {
    images = List.copyOf(images);
    labels = List.copyOf(labels);
  }
}
