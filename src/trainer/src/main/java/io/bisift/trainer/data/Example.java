package io.bisift.trainer.data;

import java.util.List;

/**
 * A record to train on.
 *
 * @param id record id, {@code SOURCE:LINE}
 * @param images names below the image root; none for a record of text alone
 * @param text question and steps, each step closed by {@code <prm>}
 * @param targets one for each step
 */
public record Example(String id, List<String> images, String text, List<StepTarget> targets) {
  public Example {
    images = List.copyOf(images);
    targets = List.copyOf(targets);
  }
}
