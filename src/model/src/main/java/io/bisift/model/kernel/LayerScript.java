package io.bisift.model.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.config.VisionConfig;
import io.bisift.model.kernel.Arithmetic.Attention;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods of {@code layers.py} for one network. They record history where recording is on, and
 * run on the device of their inputs. Safe from several threads.
 */
public final class LayerScript {
  private static final String RESOURCE = "layers.py";
  private static final String CLASS = "Layers";
  private static final int FLOAT32 = 6; // as the script has it
  private static final int BFLOAT16 = 15;

  /** DJL makes one list of all inputs of this name. */
  private static final String LIST = "w[]";

  private final PtSymbolBlock module;
  private final Map<String, NDArray> methods = new HashMap<>();
  private final NDArray nothing;

  /**
   * @param manager owns the module
   */
  public LayerScript(
      Arithmetic arithmetic, VisionConfig vision, LanguageConfig language, NDManager manager) {
    Map<String, Object> attributes =
        Map.of(
            "training",
            true,
            "kind",
            arithmetic.precision() == Precision.BFLOAT16 ? BFLOAT16 : FLOAT32,
            "fused",
            arithmetic.attention() == Attention.FUSED,
            "vision_heads",
            vision.heads(),
            "vision_eps",
            vision.normEps(),
            "heads",
            language.heads(),
            "groups",
            language.keyValueHeads(),
            "eps",
            language.normEps());
    byte[] archive = ScriptArchive.pack(RESOURCE, CLASS, attributes);
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String method : List.of("decoder", "vision", "rows", "widened")) {
      NDArray name = manager.create(new Shape(0), DataType.FLOAT32);
      name.setName("module_method:" + method); // DJL reads the method's name off an input
      methods.put(method, name);
    }
    nothing = manager.create(new Shape(0), DataType.FLOAT32);
    asWeight(nothing);
  }

  /** Marks an array as one that goes into lists of weights; to be done once, before it is used. */
  public static void asWeight(NDArray array) {
    array.setName(LIST);
  }

  /** Whether an array holds bfloat16 numbers, two bytes each in its last axis. */
  public static boolean isTwoBytes(NDArray array) {
    return array.getDataType() == DataType.UINT8;
  }

  /** Stands in a list of weights where there is none. */
  public NDArray nothing() {
    return nothing;
  }

  /**
   * A layer of the language model.
   *
   * @param x [B, N, D]
   * @param others cos and sin [B or 1, 1, 1, N, d], and a mask [B or 1, 1, 1, N, N]; causal without
   *     one
   * @param weights as the script lists them
   */
  public NDArray decoder(NDArray x, NDList others, NDList weights) {
    NDArray cos = others.get(0).squeeze(1);
    NDArray sin = others.get(1).squeeze(1);
    NDArray mask =
        others.size() > 2
            ? others.get(2).squeeze(1)
            : x.getManager().create(new Shape(0), DataType.FLOAT32);
    return run("decoder", new NDList(x, cos, sin, mask), weights);
  }

  /** A block of the tower, [T, n, C]. */
  public NDArray vision(NDArray x, NDList weights) {
    return run("vision", new NDList(x), weights);
  }

  /** Rows of a table of bfloat16 numbers in two bytes each: [...] indices → [..., channels]. */
  public NDArray rows(NDArray table, NDArray indices) {
    Shape shape = indices.getShape().add(table.getShape().get(1) / 2);
    return run("rows", new NDList(indices), new NDList(table)).reshape(shape);
  }

  /** A table of bfloat16 numbers in two bytes each as float32, in the manager of another array. */
  public NDArray widened(NDArray table, NDArray owner) {
    return run("widened", new NDList(owner), new NDList(table));
  }

  private NDArray run(String method, NDList inputs, NDList weights) {
    NDList all = new NDList(inputs).addAll(weights);
    all.add(methods.get(method));
    // as it is written, without specialising to the shapes that come first; a setting of the thread
    JniUtils.setGraphExecutorOptimize(false);
    // "training" only says that results may be used in training: recording is the thread's own
    // affair
    return IValueUtils.forward(module, all, true).singletonOrThrow();
  }
}
