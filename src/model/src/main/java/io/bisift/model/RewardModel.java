package io.bisift.model;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScores;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.image.Tiling;
import io.bisift.model.input.EncodedRecord;
import io.bisift.model.input.InputEncoder;
import io.bisift.model.input.InputSettings;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.UnusableRecordException;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.text.PrmTokenizer;
import io.bisift.model.text.SpecialTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A process reward model: pictures, question and steps in, for each step how likely it is right.
 *
 * <p>Safe from several threads: they prepare their records side by side and take turns at the
 * network, which uses all cores by itself. Closing it waits for them and frees the weights; whoever
 * comes later gets an {@link IllegalStateException}.
 */
public final class RewardModel implements StepScorer {
  private static final String TEMPLATE = "internvl2_5";

  /** As in training. */
  private static final int DEFAULT_MAX_TOKENS = 8192;

  private final ModelConfig config;
  private final PrmTokenizer tokenizer;
  private final InputEncoder encoder;
  private final EncodedScorer scorer;

  /** Closing waits for those who score. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private RewardModel(
      ModelConfig config, PrmTokenizer tokenizer, InputEncoder encoder, EncodedScorer scorer) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.encoder = encoder;
    this.scorer = scorer;
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
    Path folder = Path.of(settings.checkpoint());
    ModelConfig config = ModelConfig.read(folder);
    String template = config.template().orElse(TEMPLATE);
    if (!template.equals(TEMPLATE)) {
      throw UserException.failure(
          "%s: the chat template %s is not supported; %s is"
              .formatted(folder.resolve(ModelConfig.FILE), template, TEMPLATE));
    }
    PrmTokenizer tokenizer = PrmTokenizer.open(folder);
    try {
      requireRows(folder, config, tokenizer);
      InputEncoder encoder = new InputEncoder(tokenizer, inputs(settings, config, tokenizer));
      EncodedScorer scorer =
          EncodedScorer.load(
              folder,
              config,
              tokens(tokenizer),
              settings.device(),
              new Arithmetic(settings.precision(), Attention.FUSED));
      return new RewardModel(config, tokenizer, encoder, scorer);
    } catch (RuntimeException e) {
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
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("this reward model is closed");
      }
      return scoreOpen(requests);
    } finally {
      use.readLock().unlock();
    }
  }

  private List<StepScores> scoreOpen(List<ScoreRequest> requests) {
    StepScores[] answers = new StepScores[requests.size()];
    List<Integer> places = new ArrayList<>();
    List<EncodedRecord> records = new ArrayList<>();
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
        places.add(i);
        records.add(record);
      } catch (UnusableRecordException e) {
        answers[i] = new StepScores.Rejected(e.getMessage());
      }
    }
    List<List<Double>> scores = scorer.score(records);
    for (int i = 0; i < scores.size(); i++) {
      answers[places.get(i)] = new StepScores.Scored(scores.get(i));
    }
    return Arrays.asList(answers);
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        scorer.close();
        tokenizer.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
