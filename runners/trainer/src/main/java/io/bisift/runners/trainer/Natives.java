package io.bisift.runners.trainer;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Loads the native libraries and lets them compute something: a look at whether image, driver and
 * GPUs fit together. While the image is built it leaves what has to be unpacked in its place.
 */
public final class Natives {
  private Natives() {}

  /** Prints what was found; whatever does not load ends it with an error. */
  public static void main(String[] args) {
    Engine engine = Engine.getEngine("PyTorch");
    try (NDManager manager = engine.newBaseManager()) {
      float four =
          manager.ones(new Shape(2, 4)).matMul(manager.ones(new Shape(4, 2))).getFloat(0, 0);
      if (four != 4) {
        throw new IllegalStateException("libtorch adds four ones up to " + four);
      }
    }
    LibUtils.checkStatus();
    System.out.println(
        "libtorch " + engine.getVersion() + ", GPUs: " + engine.getGpuCount() + ", tokenizers");
  }
}
