package io.bisift.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.bisift.core.UserException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScores;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Devices;
import io.bisift.model.device.Placement;
import io.bisift.model.image.Tiling;
import io.bisift.model.input.EncodedRecord;
import io.bisift.model.input.InputEncoder;
import io.bisift.model.input.InputSettings;
import io.bisift.model.input.PixelValues;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.input.UnusableRecordException;
import io.bisift.model.net.Losses;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.text.PrmTokenizer;
import io.bisift.model.text.SpecialTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A process reward model: pictures, question and steps in, for each step how likely it is right.
 *
 * <p>Safe from several threads: they prepare their records side by side and take turns at the
 * network, which uses all cores by itself. Closing it frees the weights.
 */
public final class RewardModel implements StepScorer {
  private static final String TEMPLATE = "internvl2_5";

  /** As in training. */
  private static final int DEFAULT_MAX_TOKENS = 8192;

  /** Tokens that go through the network at once, padding included, unless one record has more. */
  private static final int BATCH_TOKENS = 8192;

  /** Tiles that go through the vision tower at once. */
  private static final int BATCH_TILES = 4;

  private final ModelConfig config;
  private final PrmTokenizer tokenizer;
  private final InputEncoder encoder;
  private final RewardNetwork network;
  private final NDManager manager;

  private RewardModel(
      ModelConfig config,
      PrmTokenizer tokenizer,
      InputEncoder encoder,
      RewardNetwork network,
      NDManager manager) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.network = network;
    this.manager = manager;
  }

  /**
   * Loads a Hugging Face folder of InternVL2.5 with {@code <prm>}: config.json, safetensors,
   * tokenizer.
   *
   * @throws UserException if it cannot be loaded: what is missing, broken or not supported, and
   *     where
   */
  public static RewardModel load(Path checkpoint) {
    return load(ScorerSettings.of(checkpoint.toString()));
  }

  /**
   * Loads a folder with other settings.
   *
   * @throws UserException as {@link #load(Path)}
   */
  public static RewardModel load(ScorerSettings settings) {
    if (settings.precision() != Precision.FLOAT32) {
      throw UserException.usage("precision bfloat16 is not there yet; take float32");
    }
    Path folder = Path.of(settings.checkpoint());
    ModelConfig config = ModelConfig.read(folder);
    String template = config.template().orElse(TEMPLATE);
    if (!template.equals(TEMPLATE)) {
      throw UserException.failure(
          "%s: the chat template %s is not supported; %s is"
              .formatted(folder.resolve(ModelConfig.FILE), template, TEMPLATE));
    }
    PrmTokenizer tokenizer = PrmTokenizer.open(folder);
    NDManager manager = null;
    try {
      requireRows(folder, config, tokenizer);
      List<Device> devices = Devices.of(settings.device());
      manager = NDManager.newBaseManager(devices.get(0));
      try (Checkpoint checkpoint = Checkpoint.open(folder)) {
        RewardNetwork network =
            RewardNetwork.load(
                checkpoint,
                config,
                tokens(tokenizer),
                Placement.over(devices, config.language().layers()),
                manager);
        network.freeze(name -> true);
        InputEncoder encoder = new InputEncoder(tokenizer, inputs(settings, config, tokenizer));
        return new RewardModel(config, tokenizer, encoder, network, manager);
      }
    } catch (RuntimeException e) {
      if (manager != null) {
        manager.close();
      }
      tokenizer.close();
      throw e;
    }
  }

  private static void requireRows(Path folder, ModelConfig config, PrmTokenizer tokenizer) {
    if (tokenizer.size() > config.language().vocabulary()) {
      String lacks = tokenizer.missing().isEmpty() ? "" : " for " + tokenizer.missing();
      throw UserException.failure(
          "%s: the tokenizer has %d tokens, the model only %d rows%s; a reward model is trained"
                  .formatted(folder, tokenizer.size(), config.language().vocabulary(), lacks)
              + " first, which adds them");
    }
  }

  /** The ids of a tokenizer that mean something to the network. */
  public static RewardTokens tokens(PrmTokenizer tokenizer) {
    return new RewardTokens(
        tokenizer.id(SpecialTokens.IMAGE_CONTEXT),
        tokenizer.id(SpecialTokens.PRM),
        tokenizer.id(SpecialTokens.RIGHT),
        tokenizer.id(SpecialTokens.WRONG));
  }

  private static InputSettings inputs(
      ScorerSettings settings, ModelConfig config, PrmTokenizer tokenizer) {
    Tiling tiling = InputSettings.tiling(config);
    if (settings.maxTiles().isPresent()) {
      tiling = tiling.withMaxTiles(settings.maxTiles().get());
    }
    // the reference cuts records off when it trains, not when it scores
    OptionalInt most =
        settings.prompt() == PromptText.TRAINING
            ? OptionalInt.of(tokenizer.maxLength().orElse(DEFAULT_MAX_TOKENS))
            : OptionalInt.empty();
    return new InputSettings(
        settings.prompt(), settings.pictures(), tiling, config.tokensPerTile(), most);
  }

  /** What the checkpoint says of itself. */
  public ModelConfig config() {
    return config;
  }

  /**
   * Scores the steps of one solution.
   *
   * @param images the files' bytes, in order (PNG, JPEG, WebP, GIF)
   * @param steps at least one
   * @return one score for each step, in [0, 1]
   * @throws UnusableRecordException if a picture is broken, or it is too long
   */
  public List<Double> score(List<byte[]> images, String question, List<String> steps)
      throws UnusableRecordException {
    StepScores scores = score(List.of(new ScoreRequest(question, steps, images))).get(0);
    if (scores instanceof StepScores.Scored scored) {
      return scored.scores();
    }
    throw new UnusableRecordException(((StepScores.Rejected) scores).reason());
  }

  @Override
  public List<StepScores> score(List<ScoreRequest> requests) {
    StepScores[] answers = new StepScores[requests.size()];
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      ScoreRequest request = requests.get(i);
      try {
        EncodedRecord record =
            encoder.encode(request.question(), request.steps(), request.images());
        int left = record.prmPositions().length;
        if (left < request.steps().size()) {
          throw new UnusableRecordException(
              "too long: of %d steps only %d end within %d tokens"
                  .formatted(request.steps().size(), left, record.length()));
        }
        waiting.add(new Waiting(i, record));
      } catch (UnusableRecordException e) {
        answers[i] = new StepScores.Rejected(e.getMessage());
      }
    }
    waiting.sort(Comparator.comparingInt(one -> one.record.length()));
    int from = 0;
    while (from < waiting.size()) {
      int to = endOfBatch(waiting, from);
      List<Waiting> batch = waiting.subList(from, to);
      List<List<Double>> scores = scoreEncoded(batch.stream().map(Waiting::record).toList());
      for (int i = 0; i < batch.size(); i++) {
        answers[batch.get(i).index] = new StepScores.Scored(scores.get(i));
      }
      from = to;
    }
    return Arrays.asList(answers);
  }

  /** A record whose answer has its place. */
  private record Waiting(int index, EncodedRecord record) {}

  private static int endOfBatch(List<Waiting> sorted, int from) {
    int to = from + 1;
    while (to < sorted.size()
        && (long) (to + 1 - from) * sorted.get(to).record.length() <= BATCH_TOKENS) {
      to++;
    }
    return to;
  }

  /**
   * Scores records that are encoded already, all at once.
   *
   * @return for each record a score for each of its {@code <prm>}
   */
  public synchronized List<List<Double>> scoreEncoded(List<EncodedRecord> records) {
    float[] flat;
    try (NDManager inner = manager.newSubManager()) {
      NDArray logits =
          network.rewardLogits(TokenBatch.of(records), imageCells(records, inner), inner);
      flat = Losses.scores(logits).toFloatArray();
    }
    List<List<Double>> scores = new ArrayList<>();
    int next = 0;
    for (EncodedRecord record : records) {
      List<Double> own = new ArrayList<>();
      for (int i = 0; i < record.prmPositions().length; i++) {
        own.add((double) flat[next++]);
      }
      scores.add(own);
    }
    return scores;
  }

  private @Nullable NDArray imageCells(List<EncodedRecord> records, NDManager inner) {
    List<byte[]> tiles = records.stream().flatMap(record -> record.tiles().stream()).toList();
    if (tiles.isEmpty()) {
      return null;
    }
    NDList cells = new NDList();
    for (int from = 0; from < tiles.size(); from += BATCH_TILES) {
      List<byte[]> some = tiles.subList(from, Math.min(tiles.size(), from + BATCH_TILES));
      try (NDArray pixels = PixelValues.of(some, config.imageSize(), inner)) {
        cells.add(network.imageCells(pixels));
      }
    }
    return NDArrays.concat(cells);
  }

  @Override
  public synchronized void close() {
    network.close();
    manager.close();
    tokenizer.close();
  }
}
