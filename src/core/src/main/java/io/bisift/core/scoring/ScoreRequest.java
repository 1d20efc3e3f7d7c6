package io.bisift.core.scoring;

import java.util.List;

/**
 * One solution whose steps are to be scored.
 *
 * @param question as it stands in the record
 * @param steps at least one
 * @param images the files' bytes, in order (PNG, JPEG …); none for a record that has only text
 */
public record ScoreRequest(String question, List<String> steps, List<byte[]> images) {
  public ScoreRequest {
    steps = List.copyOf(steps);
    images = List.copyOf(images);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a solution without steps has nothing to score");
    }
  }
}
