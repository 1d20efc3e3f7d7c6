package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.core.UserException;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.LayerScript;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The whole model: tiles and token ids in, a pair of logits (yes, no) for each step out.
 *
 * <pre>
 *   pixels → vision embedding → blocks → pixel shuffle → projector ─┐
 *   ids ─────────────────────────────────────────────────────────→ embedding → layers → head
 * </pre>
 *
 * Forward is safe from several threads as long as nobody changes the weights. Results belong to the
 * manager that the caller gives; nothing else is left behind.
 */
public final class RewardNetwork implements AutoCloseable {
  private final ModelConfig config;
  private final RewardTokens tokens;
  private final Placement placement;
  private final NetworkSettings settings;
  private final NDManager manager;
  private final NetworkBlocks blocks;
  private final Chain chain;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private RewardNetwork(
      ModelConfig config,
      RewardTokens tokens,
      Placement placement,
      NetworkSettings settings,
      NDManager manager) {
    this.config = config;
    this.tokens = tokens;
    this.placement = placement;
    this.settings = settings;
    this.manager = manager;
    LayerScript script =
        settings.arithmetic().isReference()
            ? null
            : new LayerScript(settings.arithmetic(), config.vision(), config.language(), manager);
    blocks = NetworkBlocks.of(config, script);
    chain = new Chain(config, tokens, placement, settings.arithmetic(), blocks);
  }

  /** Reads a network's weights for the reference arithmetic; all are trainable. */
  public static RewardNetwork load(
      Checkpoint checkpoint,
      ModelConfig config,
      RewardTokens tokens,
      Placement placement,
      NDManager manager) {
    return load(checkpoint, config, tokens, placement, NetworkSettings.REFERENCE, manager);
  }

  /**
   * Reads a network's weights.
   *
   * @param config may ask for another vocabulary than the checkpoint has: rows that it lacks are
   *     the mean of those it has. In the output projection so are the rows of new tokens, though it
   *     may have some: the reference does so
   * @param manager its child owns the weights
   * @throws UserException if a tensor is missing or of another shape than the config has it
   */
  public static RewardNetwork load(
      Checkpoint checkpoint,
      ModelConfig config,
      RewardTokens tokens,
      Placement placement,
      NetworkSettings settings,
      NDManager manager) {
    RewardNetwork network =
        new RewardNetwork(config, tokens, placement, settings, manager.newSubManager(Device.cpu()));
    try {
      network.read(new WeightReader(checkpoint, network.manager));
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void read(WeightReader reader) {
    blocks.tower().forEach(block -> read(reader, block, placement.vision()));
    read(reader, blocks.projector(), placement.projector());
    read(reader, blocks.embedding(), placement.embedding());
    for (int i = 0; i < blocks.layers().size(); i++) {
      read(reader, blocks.layers().get(i), placement.layers().get(i));
    }
    read(reader, blocks.head(), placement.head());
  }

  private void read(WeightReader reader, NetBlock block, Device device) {
    boolean isTable = block instanceof TokenEmbedding || block instanceof RewardHead;
    boolean isScript = isTable || block instanceof VisionBlock || block instanceof DecoderLayer;
    Map<Parameter, Shape> shapes = block.shapes();
    for (Parameter parameter : block.parameters()) {
      String name = parameter.getName();
      Shape shape = shapes.get(parameter);
      boolean isMatrix = shape.dimension() == 2;
      // rows of new tokens are none of the checkpoint's where it matters: in the output projection
      int unknown = block instanceof RewardHead ? settings.newTokens() : 0;
      boolean isAsItIs = unknown == 0 && reader.has(name, shape);
      boolean mayBeTwoBytes = settings.twoBytes() && settings.frozen().test(name);
      if (isMatrix && isScript && mayBeTwoBytes && isAsItIs) {
        set(parameter, reader.readTwoBytes(name, shape, device));
      } else if (isMatrix && isTable) {
        set(parameter, reader.readRows(name, shape, unknown, device));
      } else {
        set(parameter, reader.read(name, shape, device));
      }
    }
  }

  private void set(Parameter parameter, NDArray array) {
    NetBlock.assign(parameter, array);
    parameter.freeze(settings.frozen().test(parameter.getName()));
    parameters.put(parameter.getName(), parameter);
  }

  /** Parameters by the checkpoint's names. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /**
   * Stops training of the parameters with these names; the others are trained.
   *
   * @throws IllegalArgumentException if one of the others is kept in two bytes
   */
  public void freeze(Predicate<String> names) {
    parameters.forEach(
        (name, parameter) -> {
          if (!names.test(name) && LayerScript.isTwoBytes(parameter.getArray())) {
            throw new IllegalArgumentException(
                name + " is kept in two bytes: it cannot be trained");
          }
          parameter.freeze(names.test(name));
        });
  }

  /** The linear maps of the language model's layers, which low-rank changes can be laid over. */
  public List<Projection> projections() {
    List<Projection> projections = new ArrayList<>();
    blocks.layers().forEach(layer -> layer.addParts(Projection.class, projections));
    return projections;
  }

  /**
   * Lays a low-rank change over one of {@link #projections}. Its matrices are parameters of the
   * network from now on, trained ones, and owned by it.
   *
   * @param a as in {@link Projection#adapt}; moved where the map is
   * @param b likewise
   * @param scale usually alpha / rank
   */
  public void adapt(Projection projection, NDArray a, NDArray b, double scale) {
    Device device = projection.weight().getArray().getDevice();
    Projection.LowRank change = projection.adapt(own(a, device), own(b, device), scale);
    for (Parameter parameter : List.of(change.a(), change.b())) {
      parameter.getArray().setRequiresGradient(true);
      parameters.put(parameter.getName(), parameter);
    }
  }

  private NDArray own(NDArray array, Device device) {
    NDArray there = array.toDevice(device, false);
    if (there != array) {
      array.close();
    }
    there.attach(manager);
    return there;
  }

  /** Where the logits are. */
  public Device headDevice() {
    return placement.head();
  }

  /** What the network was built from. */
  public ModelConfig config() {
    return config;
  }

  /** Token ids that mean something to it. */
  public RewardTokens tokens() {
    return tokens;
  }

  /** The parent of what callers make for it. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Runs the tower and gathers its patches: what the projector takes. With a frozen tower the same
   * picture always gives the same, so that it may be kept.
   *
   * @param pixels [T, 3, S, S], normalised
   * @return [T, tokens per tile, k²C] in the pixels' manager, without history
   */
  public NDArray imageCells(NDArray pixels) {
    return run(pixels, chain.tower());
  }

  /** Vectors that the tiles have in the language model: [T, tokens per tile, D]. */
  public NDArray imageVectors(NDArray cells) {
    return run(cells, List.of(chain.projector()));
  }

  /**
   * The tower's hidden state after some blocks: [T, 1 + g², C].
   *
   * @param count 0 for the embeddings
   */
  public NDArray towerState(NDArray pixels, int count) {
    return run(pixels, chain.tower(count));
  }

  /**
   * Logits of yes and no for each step of a batch, without history.
   *
   * @param cells of all tiles of the batch, row by row, from {@link #imageCells}; null if there are
   *     none
   * @param owner of the result
   * @return [P, 2] on the head's device
   */
  public NDArray rewardLogits(TokenBatch batch, @Nullable NDArray cells, NDManager owner) {
    try (NDManager inner = owner.newSubManager()) {
      NDArray logits = run(batch, cells, inner, chain.head(batch, inner, true));
      logits.attach(owner);
      return logits;
    }
  }

  /** Logits of all V tokens for each step of a batch: [P, V]. */
  public NDArray tokenLogits(TokenBatch batch, @Nullable NDArray cells, NDManager owner) {
    try (NDManager inner = owner.newSubManager()) {
      NDArray logits = run(batch, cells, inner, chain.head(batch, inner, false));
      logits.attach(owner);
      return logits;
    }
  }

  private NDArray run(TokenBatch batch, @Nullable NDArray cells, NDManager inner, Link headLink) {
    List<Link> links = new ArrayList<>();
    NDArray input = chain.start(batch, cells, inner, links);
    links.addAll(chain.layers(batch, inner, blocks.layers().size()));
    links.add(headLink);
    return run(input, links);
  }

  /**
   * The language model's hidden state after some layers, [B, N, D]; after the last one, normed.
   *
   * @param count 0 for the embeddings with image vectors in their places
   */
  public NDArray languageState(
      TokenBatch batch, @Nullable NDArray cells, int count, NDManager owner) {
    try (NDManager inner = owner.newSubManager()) {
      List<Link> links = new ArrayList<>();
      NDArray input = chain.start(batch, cells, inner, links);
      links.addAll(chain.layers(batch, inner, count));
      NDArray x = run(input, links);
      NDArray state =
          count == blocks.layers().size() ? Autograd.unrecorded(() -> blocks.head().normed(x)) : x;
      state.attach(owner);
      return state;
    }
  }

  /**
   * Forward with history, for {@link TrainingPass#backward}.
   *
   * @param image pixels [T, 3, S, S] of the batch's tiles, or what {@link #imageCells} made of
   *     them; null if there are none. Only pixels train the tower.
   * @param recompute whether each block is run again on the way back instead of keeping its history
   */
  public TrainingPass pass(TokenBatch batch, @Nullable NDArray image, boolean recompute) {
    NDManager owner = manager.newSubManager();
    try {
      List<Link> links = new ArrayList<>();
      boolean isPixels = image != null && image.getShape().dimension() == 4;
      if (isPixels) {
        links.addAll(chain.tower());
      }
      NDArray input = chain.start(batch, image, owner, links);
      links.addAll(chain.layers(batch, owner, blocks.layers().size()));
      links.add(chain.head(batch, owner, true));
      return new TrainingPass(owner, input, links, recompute);
    } catch (RuntimeException e) {
      owner.close();
      throw e;
    }
  }

  /**
   * The weights as a checkpoint has them, for a {@code CheckpointWriter}: its names in its order,
   * rows of the vocabulary as many as the network has. What the network does not use stays as it
   * is.
   *
   * @param source the checkpoint that the network was read from
   */
  public List<TensorEntry> entries(Checkpoint source) {
    return source.names().stream()
        .map(
            name ->
                parameters.containsKey(name)
                        && !LayerScript.isTwoBytes(parameters.get(name).getArray())
                    ? WeightReader.entry(parameters.get(name))
                    : TensorEntry.of(source, name))
        .toList();
  }

  /** Sets the gradients of all trained parameters to zero. */
  public void zeroGradients() {
    for (Parameter parameter : parameters.values()) {
      if (parameter.requiresGradient()) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
          gradient.muli(0);
        }
      }
    }
  }

  private static NDArray run(NDArray input, List<Link> links) {
    return Autograd.unrecorded(
        () -> {
          NDArray x = input;
          for (Link link : links) {
            NDArray here = x.toDevice(link.device(), false);
            NDArray next = link.apply(here);
            if (here != input) {
              here.close();
            }
            if (x != input) {
              x.close();
            }
            x = next;
          }
          return x;
        });
  }

  @Override
  public void close() {
    manager.close();
  }
}
