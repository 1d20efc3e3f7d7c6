package io.bisift.trainer.run;

import io.bisift.core.UserException;
import io.bisift.model.RewardModel;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.input.InputEncoder;
import io.bisift.model.input.InputSettings;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.UnusableRecordException;
import io.bisift.model.text.PrmTokenizer;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.data.BadRecordException;
import io.bisift.trainer.feed.RecordEncoder;
import java.nio.file.Path;

/**
 * The folder that a run begins with: its configuration and its tokenizer.
 *
 * @param config where tokens were missing, with as many as the tokenizer has now, which may be
 *     fewer than the model had rows for: as the reference does
 */
record ModelSource(Path folder, ModelConfig config, PrmTokenizer tokenizer)
    implements AutoCloseable {
  /** Rows that a table may have beyond the tokenizer's: some are padded. */
  private static final int PADDING = 1024;

  /**
   * Opens a folder.
   *
   * @param anyTokenizer whether the tokenizer may have far fewer tokens than the model
   * @throws UserException if it is no model, or its tokenizer is another model's
   */
  static ModelSource open(Path folder, boolean anyTokenizer) {
    ModelConfig config = ModelConfig.read(folder);
    PrmTokenizer tokenizer = PrmTokenizer.open(folder);
    int rows = config.language().vocabulary();
    int known = tokenizer.size() - tokenizer.missing().size();
    if (known > rows || (!anyTokenizer && rows - known > PADDING)) {
      tokenizer.close();
      throw UserException.failure(
          "the tokenizer in "
              + folder
              + " has "
              + known
              + " tokens, the model has rows for "
              + rows
              + ": they do not belong together"
              + (known > rows ? "" : " (--any-tokenizer takes it)"));
    }
    return new ModelSource(
        folder,
        tokenizer.missing().isEmpty() ? config : config.withVocabulary(tokenizer.size()),
        tokenizer);
  }

  RewardTokens tokens() {
    return RewardModel.tokens(tokenizer);
  }

  /** What turns records into input. */
  RecordEncoder encoder(DataOptions options) {
    InputSettings settings = InputSettings.training(config, options.maxTokens);
    if (options.maxTiles > 0) {
      settings =
          new InputSettings(
              settings.prompt(),
              settings.pictures(),
              settings.tiling().withMaxTiles(options.maxTiles),
              settings.tokensPerTile(),
              settings.maxTokens());
    }
    InputEncoder encoder = new InputEncoder(tokenizer, settings);
    return (text, steps, images) -> {
      try {
        return encoder.encodeTraining(text, steps, images);
      } catch (UnusableRecordException e) {
        throw new BadRecordException(String.valueOf(e.getMessage()), e);
      }
    };
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
