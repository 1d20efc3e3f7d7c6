package io.bisift.model.net;

import io.bisift.model.kernel.Arithmetic;
import java.util.function.Predicate;

/**
 * How a network is loaded.
 *
 * @param arithmetic of the layers
 * @param frozen names of parameters that are not trained
 * @param twoBytes whether matrices that are not trained are kept as bfloat16, two bytes a number:
 *     exact for a bfloat16 checkpoint, rounded otherwise. Not with the reference arithmetic
 * @param newTokens how many of the vocabulary's last tokens the checkpoint does not know, whatever
 *     rows it has for them
 */
public record NetworkSettings(
    Arithmetic arithmetic, Predicate<String> frozen, boolean twoBytes, int newTokens) {
  /** DJL's own operations, all trained, four bytes a number. */
  public static final NetworkSettings REFERENCE =
      new NetworkSettings(Arithmetic.REFERENCE, name -> false, false);

  public NetworkSettings(Arithmetic arithmetic, Predicate<String> frozen, boolean twoBytes) {
    this(arithmetic, frozen, twoBytes, 0);
  }

  public NetworkSettings {
    if (twoBytes && arithmetic.isReference()) {
      throw new IllegalArgumentException("the reference arithmetic has no two-byte weights");
    }
  }

  /** For scoring: nothing is trained. */
  public static NetworkSettings frozen(Arithmetic arithmetic, boolean twoBytes) {
    return new NetworkSettings(arithmetic, name -> true, twoBytes);
  }

  /** The same for a checkpoint that does not know some of the last tokens. */
  public NetworkSettings withNewTokens(int count) {
    return new NetworkSettings(arithmetic, frozen, twoBytes, count);
  }
}
