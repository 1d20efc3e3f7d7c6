package io.bisift.model.input;

import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.image.Tiling;
import java.util.OptionalInt;

/**
 * How records become input.
 *
 * @param prompt text around question and steps
 * @param pictures what becomes of several pictures
 * @param tiling of one picture; with {@link PictureLayout#EACH} several share its tiles out
 * @param tokensPerTile of the model
 * @param maxTokens most tokens of a record; what is longer loses its end
 */
public record InputSettings(
    PromptText prompt,
    PictureLayout pictures,
    Tiling tiling,
    int tokensPerTile,
    OptionalInt maxTokens) {

  /** The reference's when it trains, with one placeholder for each picture. */
  public static InputSettings training(ModelConfig config, int maxTokens) {
    return new InputSettings(
        PromptText.TRAINING,
        PictureLayout.EACH,
        tiling(config),
        config.tokensPerTile(),
        OptionalInt.of(maxTokens));
  }

  /** The tiles that a checkpoint's configuration asks for. */
  public static Tiling tiling(ModelConfig config) {
    return config.dynamicTiles()
        ? new Tiling(config.imageSize(), config.minTiles(), config.maxTiles(), config.thumbnail())
        : new Tiling(config.imageSize(), 1, 1, false);
  }
}
