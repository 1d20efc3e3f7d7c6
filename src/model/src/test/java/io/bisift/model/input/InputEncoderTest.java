package io.bisift.model.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.model.image.Tiling;
import io.bisift.model.text.PrmTokenizer;
import io.bisift.model.text.RealTokenizers;
import io.bisift.model.text.SpecialTokens;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputEncoderTest {
  private static final int SIZE = 56;
  private static final int TOKENS_PER_TILE = 4;
  private static final List<String> STEPS = List.of("first", "second <prm> one", "third");

  @TempDir static Path folder;
  private static PrmTokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = PrmTokenizer.open(RealTokenizers.slow("qwen2_5", folder));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  private static InputEncoder encoder(PictureLayout layout, OptionalInt most) {
    return new InputEncoder(
        tokenizer,
        new InputSettings(
            PromptText.TRAINING, layout, new Tiling(SIZE, 1, 6, true), TOKENS_PER_TILE, most));
  }

  private static InputEncoder encoder(PictureLayout layout) {
    return encoder(layout, OptionalInt.empty());
  }

  private static byte[] png(int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static long count(EncodedRecord record, String token) {
    return Arrays.stream(record.ids()).filter(id -> id == tokenizer.id(token)).count();
  }

  @Test
  void cutsOnePictureAndMarksEveryStep() throws UnusableRecordException {
    EncodedRecord record = encoder(PictureLayout.MOSAIC).encode("q", STEPS, List.of(png(300, 100)));
    assertEquals(4, record.tiles().size());
    assertEquals(SIZE * SIZE * 3, record.tiles().get(0).length);
    assertEquals(4 * TOKENS_PER_TILE, count(record, SpecialTokens.IMAGE_CONTEXT));
    assertEquals(3, record.prmPositions().length);
    assertEquals(3, count(record, SpecialTokens.PRM));
    for (int position : record.prmPositions()) {
      assertEquals(tokenizer.id(SpecialTokens.PRM), record.ids()[position]);
    }
  }

  @Test
  void takesTheTextOfATrainingRecord() throws UnusableRecordException {
    InputEncoder encoder = encoder(PictureLayout.EACH);
    String text = "Question: q\nProcess: first<prm>\n\nsecond <prm> one<prm>\n\nthird<prm>";
    List<byte[]> images = List.of(png(60, 60));
    EncodedRecord expected = encoder.encode("q", STEPS, images);
    EncodedRecord record = encoder.encodeTraining(text, 3, images);
    assertArrayEquals(expected.ids(), record.ids());
    assertArrayEquals(expected.prmPositions(), record.prmPositions());
    assertRejected(
        "2 labels, but 4 <prm> in the text", () -> encoder.encodeTraining(text, 2, images));
  }

  @Test
  void sharesTilesOutAmongSeveralPictures() throws UnusableRecordException {
    List<byte[]> images = List.of(png(600, 100), png(100, 100));
    EncodedRecord each = encoder(PictureLayout.EACH).encode("q", STEPS, images);
    assertEquals(2, count(each, SpecialTokens.IMAGE_START));
    assertEquals(4 + 1, each.tiles().size()); // 3 x 1 and a thumbnail, 1 x 1

    EncodedRecord mosaic = encoder(PictureLayout.MOSAIC).encode("q", STEPS, images);
    assertEquals(1, count(mosaic, SpecialTokens.IMAGE_START));
    assertEquals(7, mosaic.tiles().size()); // 1200 x 100
  }

  @Test
  void putsPicturesWhereTheTextHasPlacesForThem() throws UnusableRecordException {
    InputEncoder encoder = encoder(PictureLayout.EACH);
    List<byte[]> two = List.of(png(50, 50), png(50, 50));
    EncodedRecord placed = encoder.encode("is <image> like <image>?", STEPS, two);
    EncodedRecord front = encoder.encode("is <image> there?", STEPS, two);
    assertEquals(2, count(placed, SpecialTokens.IMAGE_START));
    assertEquals(2, count(front, SpecialTokens.IMAGE_START));
    assertTrue(first(placed, SpecialTokens.IMAGE_START) > first(front, SpecialTokens.IMAGE_START));
    assertTrue(tokenizer.encode("<image>").length > 1);
  }

  private static int first(EncodedRecord record, String token) {
    for (int i = 0; i < record.length(); i++) {
      if (record.ids()[i] == tokenizer.id(token)) {
        return i;
      }
    }
    return record.length();
  }

  @Test
  void encodesTextWithoutPictures() throws UnusableRecordException {
    EncodedRecord record = encoder(PictureLayout.EACH).encode("an <image>?", STEPS, List.of());
    assertEquals(List.of(), record.tiles());
    assertEquals(0, count(record, SpecialTokens.IMAGE_CONTEXT));
  }

  @Test
  void cutsLongRecordsFromTheEnd() throws UnusableRecordException {
    List<byte[]> images = List.of(png(50, 50));
    EncodedRecord whole = encoder(PictureLayout.EACH).encode("q", STEPS, images);
    int[] positions = whole.prmPositions();
    EncodedRecord cut =
        encoder(PictureLayout.EACH, OptionalInt.of(positions[2])).encode("q", STEPS, images);
    assertEquals(positions[2], cut.length());
    assertArrayEquals(Arrays.copyOf(positions, 2), cut.prmPositions());
    assertRejected(
        "too long: none of its steps ends within " + positions[0] + " tokens",
        () -> encoder(PictureLayout.EACH, OptionalInt.of(positions[0])).encode("q", STEPS, images));
    int end = first(whole, SpecialTokens.IMAGE_END);
    assertRejected(
        "too long: its pictures do not fit in " + end + " tokens, it has " + whole.length(),
        () -> encoder(PictureLayout.EACH, OptionalInt.of(end)).encode("q", STEPS, images));
  }

  @Test
  void namesTheBrokenPicture() {
    byte[] broken = "GIF89a".getBytes(StandardCharsets.US_ASCII);
    assertRejected(
        "image 2: the file is cut short",
        () -> encoder(PictureLayout.EACH).encode("q", STEPS, List.of(png(5, 5), broken)));
  }

  private interface Encoding {
    EncodedRecord run() throws UnusableRecordException;
  }

  private static void assertRejected(String reason, Encoding encoding) {
    UnusableRecordException e = assertThrows(UnusableRecordException.class, encoding::run);
    assertEquals(reason, e.getMessage());
  }
}
