package io.bisift.core.scoring;

import java.util.Optional;

/**
 * How a checkpoint scores. The defaults are those of training here; the others are for comparing
 * with published numbers.
 *
 * @param checkpoint a Hugging Face folder
 * @param prompt text around question and steps
 * @param pictures what becomes of several images
 * @param maxTiles most tiles of one record's images together, without the thumbnail; the
 *     checkpoint's own number where there is none
 * @param device {@code auto}, {@code cpu}, {@code gpu0} …
 * @param precision of the arithmetic
 */
public record ScorerSettings(
    String checkpoint,
    PromptText prompt,
    PictureLayout pictures,
    Optional<Integer> maxTiles,
    String device,
    Precision precision) {

  /** A checkpoint with all defaults. */
  public static ScorerSettings of(String checkpoint) {
    return new ScorerSettings(
        checkpoint,
        PromptText.TRAINING,
        PictureLayout.MOSAIC,
        Optional.empty(),
        "auto",
        Precision.FLOAT32);
  }

  /** The same with the checkpoint elsewhere. */
  public ScorerSettings at(String folder) {
    return new ScorerSettings(folder, prompt, pictures, maxTiles, device, precision);
  }

  /** Text around question and steps: the reference trains with one and scores with another. */
  public enum PromptText {
    /** Steps joined by {@code <prm>} and an empty line, user turn closed. */
    TRAINING,
    /** Steps joined by {@code <prm>} alone, user turn left open: the reference's evaluation. */
    SCORING
  }

  /** What becomes of several images of one record. */
  public enum PictureLayout {
    /** One canvas of up to three columns, as the reference evaluates. */
    MOSAIC,
    /** A placeholder for each, tiles shared out among them. */
    EACH
  }

  /** Arithmetic of the model. */
  public enum Precision {
    FLOAT32,
    BFLOAT16
  }
}
