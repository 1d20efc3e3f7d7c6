package io.bisift.model.net;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.bisift.core.UserException;
import io.bisift.model.config.Architecture;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
  private final NDManager manager;
  private final List<NetBlock> tower = new ArrayList<>();
  private final PixelShuffle shuffle;
  private final Projector projector;
  private final TokenEmbedding embedding;
  private final List<DecoderLayer> layers = new ArrayList<>();
  private final RewardHead head;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private RewardNetwork(
      ModelConfig config, RewardTokens tokens, Placement placement, NDManager manager) {
    this.config = config;
    this.tokens = tokens;
    this.placement = placement;
    this.manager = manager;
    tower.add(new VisionEmbedding(config));
    for (int i = 0; i < config.vision().layers(); i++) {
      tower.add(new VisionBlock(config.vision(), i));
    }
    shuffle = new PixelShuffle(config);
    projector = new Projector(config);
    embedding = new TokenEmbedding(config.language());
    for (int i = 0; i < config.language().layers(); i++) {
      layers.add(
          config.language().architecture() == Architecture.INTERNLM2
              ? new InternLm2Layer(config.language(), i)
              : new Qwen2Layer(config.language(), i));
    }
    head = new RewardHead(config.language());
  }

  /**
   * Reads a network's weights; all are trainable until {@link #freeze} says otherwise.
   *
   * @param config may ask for another vocabulary than the checkpoint has: new rows are the mean of
   *     the old ones, in embedding and output projection
   * @param manager its child owns the weights
   * @throws UserException if a tensor is missing or of another shape than the config has it
   */
  public static RewardNetwork load(
      Checkpoint checkpoint,
      ModelConfig config,
      RewardTokens tokens,
      Placement placement,
      NDManager manager) {
    RewardNetwork network =
        new RewardNetwork(config, tokens, placement, manager.newSubManager(Device.cpu()));
    try {
      network.read(new WeightReader(checkpoint, network.manager));
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void read(WeightReader reader) {
    tower.forEach(block -> read(reader, block, placement.vision()));
    read(reader, projector, placement.projector());
    readTable(reader, embedding, placement.embedding());
    for (int i = 0; i < layers.size(); i++) {
      read(reader, layers.get(i), placement.layers().get(i));
    }
    readTable(reader, head, placement.head());
  }

  private void read(WeightReader reader, NetBlock block, Device device) {
    for (Parameter parameter : block.parameters()) {
      Shape shape = block.shapes().get(parameter);
      set(parameter, reader.read(parameter.getName(), shape, device));
    }
  }

  private void readTable(WeightReader reader, NetBlock block, Device device) {
    for (Parameter parameter : block.parameters()) {
      Shape shape = block.shapes().get(parameter);
      set(
          parameter,
          shape.dimension() == 2
              ? reader.readRows(parameter.getName(), shape, device)
              : reader.read(parameter.getName(), shape, device));
    }
  }

  private void set(Parameter parameter, NDArray array) {
    parameter.setArray(array);
    array.setRequiresGradient(true);
    parameters.put(parameter.getName(), parameter);
  }

  /** Parameters by the checkpoint's names. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** Stops training of the parameters with these names; the others are trained. */
  public void freeze(Predicate<String> names) {
    parameters.forEach((name, parameter) -> parameter.freeze(names.test(name)));
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
    return run(pixels, towerLinks());
  }

  /** Vectors that the tiles have in the language model: [T, tokens per tile, D]. */
  public NDArray imageVectors(NDArray cells) {
    return run(cells, List.of(projectorLink()));
  }

  /**
   * The tower's hidden state after some blocks: [T, 1 + g², C].
   *
   * @param blocks 0 for the embeddings
   */
  public NDArray towerState(NDArray pixels, int blocks) {
    List<Link> links = new ArrayList<>();
    tower.subList(0, 1 + blocks).forEach(block -> links.add(visionLink(block)));
    return run(pixels, links);
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
      NDArray logits = run(batch, cells, inner, headLink(batch, inner, true));
      logits.attach(owner);
      return logits;
    }
  }

  /** Logits of all V tokens for each step of a batch: [P, V]. */
  public NDArray tokenLogits(TokenBatch batch, @Nullable NDArray cells, NDManager owner) {
    try (NDManager inner = owner.newSubManager()) {
      NDArray logits = run(batch, cells, inner, headLink(batch, inner, false));
      logits.attach(owner);
      return logits;
    }
  }

  private NDArray run(TokenBatch batch, @Nullable NDArray cells, NDManager inner, Link headLink) {
    List<Link> links = new ArrayList<>();
    NDArray input = start(batch, cells, inner, links);
    links.addAll(layerLinks(batch, inner, layers.size()));
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
      NDArray input = start(batch, cells, inner, links);
      links.addAll(layerLinks(batch, inner, count));
      NDArray x = run(input, links);
      NDArray state = count == layers.size() ? Autograd.unrecorded(() -> head.normed(x)) : x;
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
        links.addAll(towerLinks());
      }
      NDArray input = start(batch, image, owner, links);
      links.addAll(layerLinks(batch, owner, layers.size()));
      links.add(headLink(batch, owner, true));
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

  private Link visionLink(NetBlock block) {
    return new Link(block, placement.vision(), new NDList());
  }

  private List<Link> towerLinks() {
    List<Link> links = new ArrayList<>();
    tower.subList(0, 1 + config.visionLayersUsed()).forEach(block -> links.add(visionLink(block)));
    links.add(visionLink(shuffle));
    return links;
  }

  private Link projectorLink() {
    return new Link(projector, placement.projector(), new NDList());
  }

  /** Adds the links up to the embedding, and gives what goes into the first. */
  private NDArray start(
      TokenBatch batch, @Nullable NDArray image, NDManager inner, List<Link> links) {
    NDArray ids =
        inner
            .create(batch.ids(), new Shape(batch.rows(), batch.length()))
            .toDevice(placement.embedding(), false);
    long tiles = image == null ? 0 : image.getShape().get(0);
    long[] places = places(batch, tiles * config.tokensPerTile());
    if (image == null) {
      links.add(new Link(embedding, placement.embedding(), new NDList()));
      return ids;
    }
    links.add(projectorLink());
    NDArray order = inner.create(places, ids.getShape()).toDevice(placement.embedding(), false);
    links.add(new Link(embedding, placement.embedding(), new NDList(ids, order)));
    NDArray input = image.stopGradient();
    input.attach(inner);
    return input;
  }

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

  private List<Link> layerLinks(TokenBatch batch, NDManager inner, int count) {
    NDList shared = Rotary.tables(config.language(), batch, inner);
    shared.add(AttentionMask.of(batch, inner));
    Map<Device, NDList> copies = new HashMap<>();
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Device device = placement.layers().get(i);
      NDList there = copies.computeIfAbsent(device, d -> shared.toDevice(d, false));
      links.add(new Link(layers.get(i), device, there));
    }
    return links;
  }

  private Link headLink(TokenBatch batch, NDManager inner, boolean onlyReward) {
    NDList others = new NDList(inner.create(batch.steps(), new Shape(batch.steps().length)));
    if (onlyReward) {
      others.add(inner.create(new long[] {tokens.yes(), tokens.no()}));
    }
    return new Link(head, placement.head(), others.toDevice(placement.head(), false));
  }

  @Override
  public void close() {
    manager.close();
  }
}
