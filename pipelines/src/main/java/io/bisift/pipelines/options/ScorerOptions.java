package io.bisift.pipelines.options;

import io.bisift.core.scoring.ScorerSettings;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Which reward model scores, and how. */
@Heading("Reward model")
public interface ScorerOptions extends PipelineOptions {
  @Description(
      "Reward model that scores the steps: a Hugging Face folder, one in a bucket is copied first;"
          + " e.g. checkpoints/bis-10")
  @ValueName("FOLDER")
  @Nullable String getCheckpoint();

  void setCheckpoint(@Nullable String checkpoint);

  @Description(
      "Folder below which the pictures are that items name; e.g. VisualProcessBench/images. Not"
          + " given: names are whole paths")
  @ValueName("FOLDER")
  @Nullable String getImageRoot();

  void setImageRoot(@Nullable String imageRoot);

  @Description(
      "Text around question and steps. training: as the model was trained here. scoring: as the"
          + " reference's evaluation has it, to compare with published figures")
  @Default.Enum("TRAINING")
  ScorerSettings.PromptText getPrompt();

  void setPrompt(ScorerSettings.PromptText prompt);

  @Description(
      "Several pictures of one item. mosaic: on one canvas, as the reference evaluates. each: one"
          + " placeholder for each")
  @Default.Enum("MOSAIC")
  ScorerSettings.PictureLayout getPictures();

  void setPictures(ScorerSettings.PictureLayout pictures);

  @Description("Most tiles of one item's pictures. Not given: the checkpoint's own number")
  @ValueName("N")
  @Nullable Integer getMaxTiles();

  void setMaxTiles(@Nullable Integer maxTiles);

  @Description("Where the model runs: auto, cpu, gpu0 and so on")
  @Default.String("auto")
  @ValueName("DEVICE")
  String getDevice();

  void setDevice(String device);

  @Description("Arithmetic of the model")
  @Default.Enum("FLOAT32")
  ScorerSettings.Precision getPrecision();

  void setPrecision(ScorerSettings.Precision precision);

  @Description(
      "Items that are scored, and kept, together: what a run that is stopped loses at most. Scores"
          + " depend on it in their last digits")
  @Default.Integer(8)
  @AtLeast(1)
  @ValueName("N")
  Integer getBatchSize();

  void setBatchSize(Integer batchSize);
}
