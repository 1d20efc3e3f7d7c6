package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines up the blocks that a batch goes through, each with its other inputs on its device. */
record Chain(
    ModelConfig config,
    RewardTokens tokens,
    Placement placement,
    Arithmetic arithmetic,
    NetworkBlocks blocks) {

  /** From pixels to the hidden state after some blocks of the tower. */
  List<Link> tower(int count) {
    return new ArrayList<>(
        blocks.tower().subList(0, 1 + count).stream()
            .map(block -> new Link(block, placement.vision(), new NDList()))
            .toList());
  }

  /** From pixels to what the projector takes. */
  List<Link> tower() {
    List<Link> links = tower(config.visionLayersUsed());
    links.add(new Link(blocks.shuffle(), placement.vision(), new NDList()));
    return links;
  }

  Link projector() {
    return new Link(blocks.projector(), placement.projector(), new NDList());
  }

  /**
   * Adds the links between tower and layers.
   *
   * @param image pixels or cells, of which the first dimension counts tiles
   * @param inner owns what the links need
   * @return what goes into the first link
   */
  NDArray start(TokenBatch batch, @Nullable NDArray image, NDManager inner, List<Link> links) {
    Device device = placement.embedding();
    Shape shape = new Shape(batch.rows(), batch.length());
    NDArray ids = inner.create(batch.ids(), shape).toDevice(device, false);
    long tiles = image == null ? 0 : image.getShape().get(0);
    long[] places = places(batch, tiles * config.tokensPerTile());
    if (image == null) {
      links.add(new Link(blocks.embedding(), device, new NDList()));
      return ids;
    }
    links.add(projector());
    NDArray order = inner.create(places, shape).toDevice(device, false);
    links.add(new Link(blocks.embedding(), device, new NDList(ids, order)));
    NDArray input = image.stopGradient();
    input.attach(inner);
    return input;
  }

  /** For each position its vector's index among those of the ids, then of the tiles. */
  private long[] places(TokenBatch batch, long vectors) {
    long[] places = new long[batch.ids().length];
    long next = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = batch.ids()[i] == tokens.imageContext() ? places.length + next++ : i;
    }
    if (next != vectors) {
      throw new IllegalArgumentException(
          "%d image tokens in the text, but the tiles have %d".formatted(next, vectors));
    }
    return places;
  }

  /** The first layers of the language model. */
  List<Link> layers(TokenBatch batch, NDManager inner, int count) {
    NDList shared = Rotary.tables(config.language(), batch, inner);
    boolean isFused = arithmetic.attention() == Attention.FUSED;
    if (!isFused || !batch.isCausalMaskEnough()) {
      shared.add(AttentionMask.of(batch, inner));
    }
    Map<Device, NDList> copies = new HashMap<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Device device = placement.layers().get(i);
      NDList there = copies.computeIfAbsent(device, d -> shared.toDevice(d, false));
      links.add(new Link(blocks.layers().get(i), device, there));
    }
    return links;
  }

  /**
   * @param onlyReward logits of yes and no, not of all tokens
   */
  Link head(TokenBatch batch, NDManager inner, boolean onlyReward) {
    NDList others = new NDList(inner.create(batch.steps(), new Shape(batch.steps().length)));
    if (onlyReward) {
      others.add(inner.create(new long[] {tokens.yes(), tokens.no()}));
    }
    return new Link(blocks.head(), placement.head(), others.toDevice(placement.head(), false));
  }
}
