package io.bisift.model.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.bisift.model.kernel.LayerScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A block of the network. Parameters carry the checkpoint's names and stay on the device where they
 * were loaded, so that the parameter store of DJL's trainer has nothing to do. What a block makes
 * on its way is freed when it is done; its result lives in the manager of the first input.
 */
public abstract class NetBlock extends AbstractBlock {
  private static final byte VERSION = 1;

  private final List<Parameter> own = new ArrayList<>();
  private final List<NetBlock> parts = new ArrayList<>();
  private final Map<Parameter, Shape> shapes = new HashMap<>();

  NetBlock() {
    super(VERSION);
  }

  /** A parameter of this shape, under its name in the checkpoint. */
  final Parameter parameter(String name, long... shape) {
    Parameter parameter = Parameter.builder().setName(name).setType(Parameter.Type.OTHER).build();
    own.add(parameter);
    shapes.put(parameter, new Shape(shape)); // DJL takes an array only where it knows no shape
    return addParameter(parameter);
  }

  /** Gives a parameter its values. */
  static void assign(Parameter parameter, NDArray array) {
    parameter.setArray(array);
    LayerScript.asWeight(array);
  }

  /** A block inside this one. */
  final <T extends NetBlock> T part(String name, T block) {
    parts.add(block);
    return addChildBlock(name, block);
  }

  /** Parameters of this block and its parts, in the order in which they were made. */
  public final List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(own);
    parts.forEach(part -> all.addAll(part.parameters()));
    return all;
  }

  /** Adds the blocks of a type that are inside this one. */
  final <T> void addParts(Class<T> type, List<T> found) {
    for (NetBlock part : parts) {
      if (type.isInstance(part)) {
        found.add(type.cast(part));
      }
      part.addParts(type, found);
    }
  }

  /** Shapes that parameters of this block and its parts must have. */
  final Map<Parameter, Shape> shapes() {
    Map<Parameter, Shape> all = new HashMap<>(shapes);
    parts.forEach(part -> all.putAll(part.shapes()));
    return all;
  }

  /** What the block computes; inputs and result as its class says. */
  abstract NDArray compute(NDList inputs);

  /** What the block computes, and nothing else left behind. */
  public final NDArray apply(NDList inputs) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray result = compute(inputs);
      NDScope.unregister(result);
      result.attach(inputs.head().getManager());
      return result;
    }
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    return new NDList(apply(inputs));
  }

  /** As the inputs' first, unless a block says otherwise. */
  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {inputs[0]};
  }
}
