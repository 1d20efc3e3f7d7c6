package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.model.kernel.LayerScript;
import org.jspecify.annotations.Nullable;

/**
 * A linear map, {@code x Wᵀ + b}: [..., in] → [..., out]. {@code NAME.weight} is [out, in], {@code
 * NAME.bias}, if there is one, [out].
 *
 * <p>A low-rank change can be laid over it (LoRA, arXiv 2106.09685): {@code + scale · (x Aᵀ) Bᵀ}
 * with A [rank, in] and B [out, rank].
 */
public final class Projection extends NetBlock {
  private final String name;
  private final long outputs;
  private final long inputs;
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private @Nullable LowRank change;

  /** The parameters of a low-rank change, and its factor [1]. */
  public record LowRank(Parameter a, Parameter b, NDArray scale) {}

  Projection(String name, long outputs, long inputs, boolean hasBias) {
    this.name = name;
    this.outputs = outputs;
    this.inputs = inputs;
    weight = parameter(name + ".weight", outputs, inputs);
    bias = hasBias ? parameter(name + ".bias", outputs) : null;
  }

  /**
   * Lays a low-rank change over the map; its parameters are {@code NAME.lora_A.weight} and {@code
   * NAME.lora_B.weight}. They live where the arrays live.
   *
   * @param a [rank, in]
   * @param b [out, rank]
   * @param scale usually alpha / rank
   */
  public LowRank adapt(NDArray a, NDArray b, double scale) {
    if (change != null) {
      throw new IllegalStateException(name + " has a low-rank change already");
    }
    long rank = a.getShape().get(0);
    Parameter first = parameter(name + ".lora_A.weight", rank, inputs);
    Parameter second = parameter(name + ".lora_B.weight", outputs, rank);
    assign(first, a);
    assign(second, b);
    NDArray factor =
        a.getManager().create(new float[] {(float) scale}).toDevice(a.getDevice(), false);
    LayerScript.asWeight(factor);
    change = new LowRank(first, second, factor);
    return change;
  }

  /** The name of the map; its parameters' names begin with it. */
  public String name() {
    return name;
  }

  /** [out, in], however the weight is kept. */
  public Shape shape() {
    return new Shape(outputs, inputs);
  }

  /** W. */
  public Parameter weight() {
    return weight;
  }

  /** b, if there is one. */
  public @Nullable Parameter bias() {
    return bias;
  }

  /** The low-rank change, if there is one. */
  public @Nullable LowRank change() {
    return change;
  }

  NDArray compute(NDArray x) {
    NDArray y = Tensors.linear(x, weight.getArray(), bias == null ? null : bias.getArray());
    if (change == null) {
      return y;
    }
    NDArray narrow = Tensors.linear(x, change.a.getArray(), null);
    return y.add(Tensors.linear(narrow, change.b.getArray(), null).mul(change.scale));
  }

  /** The five tensors of a map, as the script has it. */
  NDList weights(NDArray nothing) {
    return new NDList(
        weight.getArray(),
        bias == null ? nothing : bias.getArray(),
        change == null ? nothing : change.a.getArray(),
        change == null ? nothing : change.b.getArray(),
        change == null ? nothing : change.scale);
  }

  @Override
  NDArray compute(NDList list) {
    return compute(list.head());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    return new Shape[] {shapes[0].slice(0, shapes[0].dimension() - 1).add(outputs)};
  }
}
