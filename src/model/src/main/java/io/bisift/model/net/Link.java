package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;

/**
 * One block in the chain that a batch goes through.
 *
 * @param block its first input is the previous link's result
 * @param device where its parameters are
 * @param others its other inputs, on that device
 */
record Link(NetBlock block, Device device, NDList others) {
  NDArray apply(NDArray x) {
    return block.apply(new NDList(x).addAll(others));
  }

  boolean isTrainable() {
    return block.parameters().stream().anyMatch(Parameter::requiresGradient);
  }
}
