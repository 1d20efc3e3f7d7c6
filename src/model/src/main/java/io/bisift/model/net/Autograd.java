package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * What DJL's gradient collector does not offer: an upstream gradient, more than one pass at a time,
 * and code that records nothing. Recording is on or off per thread.
 */
final class Autograd {
  private Autograd() {}

  /** Runs without recording: what comes out has no history. */
  static <T> T unrecorded(Supplier<T> code) {
    return withRecording(false, code);
  }

  /** Runs with recording, whatever is set around it. */
  static <T> T recorded(Supplier<T> code) {
    return withRecording(true, code);
  }

  private static <T> T withRecording(boolean on, Supplier<T> code) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    try {
      return code.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Adds to the gradient of each leaf that the output was computed from: upstream · ∂output /
   * ∂leaf, and lets go of the history.
   *
   * @param upstream of the output's shape
   */
  static void backward(NDArray output, NDArray upstream) {
    JniUtils.backward((PtNDArray) output, (PtNDArray) upstream, false, false);
  }
}
