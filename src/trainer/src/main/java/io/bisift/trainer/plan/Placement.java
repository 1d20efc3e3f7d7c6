package io.bisift.trainer.plan;

import io.bisift.core.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which device holds which part of the model: consecutive layers on each, vision tower, projector
 * and embedding before the first, the head behind the last.
 *
 * @param layers of the language model on each device
 */
public record Placement(List<Integer> layers) {
  public Placement {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("layers on devices: " + layers);
    }
  }

  /**
   * The placement that was asked for.
   *
   * @throws UserException if it is none of this model on these devices
   */
  public static Placement given(List<Integer> layers, int devices, int all) {
    int sum = layers.stream().mapToInt(Integer::intValue).sum();
    if (layers.size() != devices || sum != all || layers.contains(0)) {
      throw UserException.usage(
          "--layers "
              + layers
              + " does not place "
              + all
              + " layers on "
              + devices
              + " devices: give each device a number of its own, "
              + all
              + " together");
    }
    return new Placement(layers);
  }

  /**
   * Shares layers out so that the fullest device is as empty as can be.
   *
   * @param layer weight of one layer, in any unit
   * @param front weight of what the first device holds besides
   * @param back weight of what the last device holds besides
   */
  public static Placement balanced(int devices, int all, double layer, double front, double back) {
    if (devices > all) {
      throw UserException.usage(
          devices + " devices for " + all + " layers: each needs one of its own at least");
    }
    int[] counts = new int[devices];
    Arrays.fill(counts, 1);
    for (int left = all - devices; left > 0; left--) {
      int emptiest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int device = 0; device < devices; device++) {
        double weight =
            (counts[device] + 1) * layer
                + (device == 0 ? front : 0)
                + (device == devices - 1 ? back : 0);
        if (weight < least) {
          least = weight;
          emptiest = device;
        }
      }
      counts[emptiest]++;
    }
    List<Integer> layers = new ArrayList<>();
    for (int count : counts) {
      layers.add(count);
    }
    return new Placement(layers);
  }

  public int devices() {
    return layers.size();
  }

  /** The device of a layer. */
  public int deviceOf(int layer) {
    int left = layer;
    for (int device = 0; device < layers.size(); device++) {
      left -= layers.get(device);
      if (left < 0) {
        return device;
      }
    }
    throw new IndexOutOfBoundsException("layer " + layer);
  }

  /** The device of a part. */
  public int deviceOf(ModelPart part) {
    return switch (part.kind()) {
      case VISION, PROJECTOR, EMBEDDING -> 0;
      case LAYER -> deviceOf(part.layer());
      case HEAD -> layers.size() - 1;
    };
  }
}
