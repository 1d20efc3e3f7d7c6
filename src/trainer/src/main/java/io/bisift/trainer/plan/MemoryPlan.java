package io.bisift.trainer.plan;

import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.LanguageConfig;
import io.bisift.model.config.VisionConfig;
import io.bisift.trainer.config.BatchOptions;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.ModelOptions;
import io.bisift.trainer.config.ModelOptions.Parallel;
import io.bisift.trainer.config.ModelOptions.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a run takes of each device's memory, in bytes. Weights, gradients and optimizer are counted
 * exactly; activations are an estimate from above, for sequences of full length.
 */
public final class MemoryPlan {
  private static final int FLOAT = 4;
  private static final int BFLOAT = 2;

  /**
   * A device's share.
   *
   * @param layers of the language model, first and count
   * @param work largest temporary arrays: of the optimizer, or of the vision tower
   */
  public record Share(
      String layers, long weights, long gradients, long optimizer, long activations, long work) {
    /** All together. */
    public long total() {
      return weights + gradients + optimizer + activations + work;
    }
  }

  private final ModelSize size;
  private final ModelOptions model;
  private final LoraTargets targets;
  private final long tokens;

  /**
   * @param model tuning, precision, placement
   * @param batch size of a micro-batch
   * @param data longest sequence
   */
  public MemoryPlan(ModelSize size, ModelOptions model, BatchOptions batch, DataOptions data) {
    this.size = size;
    this.model = model;
    this.targets = new LoraTargets(model.loraTargets);
    long all = (long) batch.microBatch * data.maxTokens;
    this.tokens =
        batch.microTokens == 0 ? all : Math.min(all, Math.max(batch.microTokens, data.maxTokens));
  }

  /** The placement that the options ask for, or the one that balances memory. */
  public Placement placement(int devices) {
    LanguageConfig language = size.config().language();
    if (model.parallel == Parallel.DATA || devices == 1) {
      return new Placement(List.of(language.layers()));
    }
    if (!model.layers.isEmpty()) {
      return Placement.given(model.layers, devices, language.layers());
    }
    double layer = bytes(new ModelPart(ModelPart.Kind.LAYER, 0)) + layerActivations();
    double front = 0;
    for (ModelPart.Kind kind :
        List.of(ModelPart.Kind.VISION, ModelPart.Kind.PROJECTOR, ModelPart.Kind.EMBEDDING)) {
      front += bytes(new ModelPart(kind, -1));
    }
    return Placement.balanced(
        devices,
        language.layers(),
        layer,
        front + visionWork(),
        bytes(new ModelPart(ModelPart.Kind.HEAD, -1)));
  }

  /** The shares of the devices. */
  public List<Share> shares(int devices) {
    Placement placement = placement(devices);
    List<Share> shares = new ArrayList<>();
    if (model.parallel == Parallel.DATA && devices > 1) {
      Share one = share(placement, 0);
      for (int device = 0; device < devices; device++) {
        // the optimizer works on the first; the others have weights and gradients of their own
        shares.add(
            device == 0
                ? one
                : new Share(
                    one.layers, one.weights, one.gradients, 0, one.activations, visionWork()));
      }
      return shares;
    }
    for (int device = 0; device < placement.devices(); device++) {
      shares.add(share(placement, device));
    }
    return shares;
  }

  private Share share(Placement placement, int device) {
    long weights = 0;
    long trained = 0;
    long largest = 0;
    for (Map.Entry<String, Long> tensor : size.tensors().entrySet()) {
      ModelPart part = ModelPart.of(tensor.getKey());
      if (placement.deviceOf(part) == device) {
        long changes = trained(tensor.getKey(), tensor.getValue());
        weights += held(part, tensor.getValue());
        weights += model.tuning == Tuning.LORA ? changes * FLOAT : 0;
        trained += changes;
        largest = Math.max(largest, changes);
      }
    }
    int first = placement.layers().subList(0, device).stream().mapToInt(Integer::intValue).sum();
    int count = placement.layers().get(device);
    long layer = layerActivations();
    // computed again one layer at a time; else all are kept until the way back
    long kept =
        model.activationCheckpointing
            ? count * boundary() * model.inFlight + layer
            : count * layer * model.inFlight;
    long optimizerWork = 3 * largest * FLOAT;
    return new Share(
        first + "-" + (first + count - 1),
        weights,
        trained * FLOAT,
        2 * trained * FLOAT,
        kept,
        Math.max(optimizerWork, device == 0 ? visionWork() : 0));
  }

  /** Bytes of a weight as it is held: frozen ones as small as the arithmetic allows. */
  private long held(ModelPart part, long numbers) {
    boolean frozen = !part.trainable() || model.tuning == Tuning.LORA;
    return numbers * (frozen && model.precision == Precision.BFLOAT16 ? BFLOAT : FLOAT);
  }

  /** Numbers that change for a tensor: its own, or those of its additions. */
  private long trained(String tensor, long numbers) {
    ModelPart part = ModelPart.of(tensor);
    if (model.tuning == Tuning.FULL) {
      return part.trainable() ? numbers : 0;
    }
    return targets.contains(tensor) ? model.loraRank * sides(tensor, numbers) : 0;
  }

  /** Rows and columns of a matrix of a layer: one of its sides is D or F. */
  private long sides(String tensor, long numbers) {
    LanguageConfig language = size.config().language();
    boolean down = tensor.contains("w2.") || tensor.contains("down_proj");
    long columns = down ? language.mlpWidth() : language.width();
    return columns + numbers / columns;
  }

  private double bytes(ModelPart part) {
    double bytes = 0;
    for (Map.Entry<String, Long> tensor : size.tensors().entrySet()) {
      if (ModelPart.of(tensor.getKey()).equals(part)) {
        bytes += held(part, tensor.getValue());
        bytes += 16.0 * trained(tensor.getKey(), tensor.getValue());
      }
    }
    return bytes;
  }

  /** Bytes of a micro-batch between two layers. */
  private long boundary() {
    return tokens * size.config().language().width() * FLOAT;
  }

  /**
   * Bytes that a layer keeps for the way back: some 14 arrays as wide as the model, 3 as wide as
   * keys and values, 5 as wide as its feed-forward part. Attention is fused and keeps no scores. In
   * bfloat16 its matrices are kept as they were multiplied with, too.
   */
  private long layerActivations() {
    LanguageConfig language = size.config().language();
    long keys = 2L * language.keyValueHeads() * language.headWidth();
    long each = 14L * language.width() + 3 * keys + 5L * language.mlpWidth();
    return model.precision == Precision.BFLOAT16
        ? (tokens * each + layerNumbers()) * BFLOAT
        : tokens * each * FLOAT;
  }

  private long layerNumbers() {
    ModelPart first = new ModelPart(ModelPart.Kind.LAYER, 0);
    return size.tensors().entrySet().stream()
        .filter(tensor -> ModelPart.of(tensor.getKey()).equals(first))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Bytes that the tower works with at once: its widest arrays for all tiles of a micro-batch. */
  private long visionWork() {
    VisionConfig vision = size.config().vision();
    long patches = (long) size.config().grid() * size.config().grid() + 1;
    long tiles = Math.max(1, tokens / Math.max(1, size.config().tokensPerTile()));
    long each = 4L * vision.width() + 2L * vision.mlpWidth() + 2L * vision.heads() * patches;
    return Math.min(tiles, VISION_TILES) * patches * each * FLOAT;
  }

  /** Tiles that go through the tower at once. */
  private static final int VISION_TILES = 8;
}
