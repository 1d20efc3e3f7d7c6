package io.bisift.model.device;

import ai.djl.Device;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which device holds which part of the network. Activations move where the next part is.
 *
 * @param vision the tower
 * @param projector between tower and language model
 * @param embedding of tokens
 * @param layers one device for each layer of the language model
 * @param head last norm and output projection
 */
public record Placement(
    Device vision, Device projector, Device embedding, List<Device> layers, Device head) {
  public Placement {
    layers = List.copyOf(layers);
  }

  /** Everything on one device. */
  public static Placement on(Device device, int layers) {
    return new Placement(device, device, device, Collections.nCopies(layers, device), device);
  }

  /**
   * Layers in equal runs over the devices; what comes before them on the first device, what comes
   * after on the last.
   */
  public static Placement over(List<Device> devices, int layers) {
    Device first = devices.get(0);
    return new Placement(
        first,
        first,
        first,
        IntStream.range(0, layers)
            .mapToObj(layer -> devices.get((int) ((long) layer * devices.size() / layers)))
            .toList(),
        devices.get(devices.size() - 1));
  }
}
