package io.bisift.model.input;

import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.model.image.BrokenImageException;
import io.bisift.model.image.ImageDecoder;
import io.bisift.model.image.Mosaic;
import io.bisift.model.image.RgbImage;
import io.bisift.model.image.Tiling;
import io.bisift.model.text.EncodedPrompt;
import io.bisift.model.text.PrmTokenizer;
import io.bisift.model.text.PromptEncoder;
import io.bisift.model.text.RecordText;
import io.bisift.model.text.UnclearStepsException;
import java.util.ArrayList;
import java.util.List;

/** Question, steps and picture files to what the network takes. Safe from several threads. */
public final class InputEncoder {
  private final PromptEncoder prompts;
  private final InputSettings settings;

  /**
   * @param tokenizer stays open as long as this is used
   */
  public InputEncoder(PrmTokenizer tokenizer, InputSettings settings) {
    this.prompts = new PromptEncoder(tokenizer, settings.prompt());
    this.settings = settings;
  }

  /**
   * Encodes a record. If it is too long its end is cut off, and with it the last of the steps.
   *
   * @param steps at least one
   * @param images the files' bytes, in order; none for a record that has only text
   * @return with a {@code <prm>} position for each step that is left, at least one
   * @throws UnusableRecordException if a picture is broken, or does not fit, or no step does
   */
  public EncodedRecord encode(String question, List<String> steps, List<byte[]> images)
      throws UnusableRecordException {
    return encode(RecordText.of(question, steps, settings.prompt()), images);
  }

  /**
   * Encodes a training record's text, {@code Question: …\nProcess: s1<prm>\n\ns2<prm>}.
   *
   * @param labels how many steps it has: where there are more {@code <prm>} than that, only those
   *     that end a step count
   * @throws UnusableRecordException as {@link #encode(String, List, List)}, and if it is not clear
   *     where the steps end
   */
  public EncodedRecord encodeTraining(String text, int labels, List<byte[]> images)
      throws UnusableRecordException {
    try {
      return encode(RecordText.split(text, labels), images);
    } catch (UnclearStepsException e) {
      throw new UnusableRecordException(e.getMessage());
    }
  }

  private EncodedRecord encode(RecordText text, List<byte[]> images)
      throws UnusableRecordException {
    List<List<byte[]>> pictures = tiles(images);
    int[] tokens =
        pictures.stream().mapToInt(tiles -> tiles.size() * settings.tokensPerTile()).toArray();
    EncodedPrompt whole = prompts.encode(text, tokens);
    int most = settings.maxTokens().orElse(Integer.MAX_VALUE);
    EncodedPrompt prompt = whole.first(most);
    if (prompt.imageEnds().length < pictures.size()) {
      throw new UnusableRecordException(
          "too long: its pictures do not fit in " + most + " tokens, it has " + whole.ids().length);
    }
    if (prompt.prmPositions().length == 0) {
      throw new UnusableRecordException(
          "too long: none of its steps ends within " + most + " tokens");
    }
    return new EncodedRecord(
        prompt.ids(), prompt.prmPositions(), pictures.stream().flatMap(List::stream).toList());
  }

  /** The tiles of each picture that the prompt has a place for. */
  private List<List<byte[]>> tiles(List<byte[]> images) throws UnusableRecordException {
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      try {
        pictures.add(ImageDecoder.decode(images.get(i)));
      } catch (BrokenImageException e) {
        throw new UnusableRecordException("image " + (i + 1) + ": " + e.getMessage());
      }
    }
    Tiling tiling = settings.tiling();
    if (pictures.size() > 1 && settings.pictures() == PictureLayout.MOSAIC) {
      pictures = List.of(mosaic(pictures));
    } else if (pictures.size() > 1) {
      tiling = tiling.withMaxTiles(Math.max(1, tiling.maxTiles() / pictures.size()));
    }
    List<List<byte[]>> tiles = new ArrayList<>();
    for (RgbImage picture : pictures) {
      tiles.add(tiling.cut(picture));
    }
    return tiles;
  }

  private static RgbImage mosaic(List<RgbImage> pictures) throws UnusableRecordException {
    try {
      return Mosaic.of(pictures);
    } catch (BrokenImageException e) {
      throw new UnusableRecordException("the images together: " + e.getMessage());
    }
  }
}
