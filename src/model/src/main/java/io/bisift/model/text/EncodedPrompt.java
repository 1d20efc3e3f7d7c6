package io.bisift.model.text;

import java.util.Arrays;

/**
 * A prompt's token ids, and where in them something stands. Arrays are not copied: whoever gets
 * them leaves them alone.
 */
public final class EncodedPrompt {
  private final int[] ids;
  private final int[] prmPositions;
  private final int[] imageEnds;

  EncodedPrompt(int[] ids, int[] prmPositions, int[] imageEnds) {
    this.ids = ids;
    this.prmPositions = prmPositions;
    this.imageEnds = imageEnds;
  }

  /** All tokens. */
  public int[] ids() {
    return ids;
  }

  /** Where the steps end, ascending. */
  public int[] prmPositions() {
    return prmPositions;
  }

  /** Where the pictures end, ascending. */
  public int[] imageEnds() {
    return imageEnds;
  }

  /** The first tokens; itself where it is no longer than that. */
  public EncodedPrompt first(int most) {
    if (ids.length <= most) {
      return this;
    }
    return new EncodedPrompt(
        Arrays.copyOf(ids, most), before(prmPositions, most), before(imageEnds, most));
  }

  private static int[] before(int[] positions, int end) {
    return Arrays.stream(positions).filter(position -> position < end).toArray();
  }
}
