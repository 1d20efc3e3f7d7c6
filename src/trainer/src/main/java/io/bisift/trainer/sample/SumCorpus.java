package io.bisift.trainer.sample;

import io.bisift.core.text.JsonBytes;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Rollouts of the form of VisualPRM400K-v1.1-Raw: a picture with two numbers, steps that read and
 * add them, and Monte Carlo counts. A step is right if what it says is true of the picture; half of
 * the rollouts go wrong at some step. The same bytes for the same seed.
 */
public final class SumCorpus {
  private static final int SIZE = 112; // pixels: one tile of the tiny model
  private static final int DIGIT = 44; // pixels from top to bottom
  private static final int SAMPLED = 16; // N
  private static final String QUESTION = "What is the sum of the numbers?";

  private final Path folder;
  private final int largest;
  private final SplittableRandom random;

  /**
   * @param folder where the corpus goes
   * @param largest number in the pictures, from 1 up to 9
   */
  public SumCorpus(Path folder, int largest, long seed) {
    this.folder = folder;
    this.largest = largest;
    this.random = new SplittableRandom(seed);
  }

  /** A step and whether it is right. */
  private record Step(String text, boolean right) {}

  /**
   * Writes rollouts, each with a picture of its own, to {@code NAME/sums.jsonl} and {@code
   * images/NAME/…}.
   */
  public void write(String name, int rollouts) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.createDirectories(folder.resolve("images").resolve(name));
    try (OutputStream out = Files.newOutputStream(folder.resolve(name).resolve("sums.jsonl"))) {
      for (int i = 0; i < rollouts; i++) {
        int left = 1 + random.nextInt(largest);
        int right = 1 + random.nextInt(largest);
        String image = "%s/%05d.png".formatted(name, i);
        ImageIO.write(
            picture(left, right), "png", folder.resolve("images").resolve(image).toFile());
        line(image, left, right).writeTo(out);
      }
    }
  }

  private BufferedImage picture(int left, int right) {
    BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        picture.setRGB(x, y, 0xF0F0F0);
      }
    }
    draw(picture, left, 2);
    draw(picture, right, 2 + SIZE / 2);
    return picture;
  }

  /** A little out of place, so that no two pictures need be alike. */
  private void draw(BufferedImage picture, int digit, int x) {
    SegmentDigits.draw(
        picture, digit, x + random.nextInt(4), 4 + random.nextInt(4), DIGIT, Color.BLACK);
  }

  private JsonBytes line(String image, int left, int right) {
    List<Step> steps = steps(left, right);
    JsonBytes json = new JsonBytes();
    json.raw("{\"image\": ").string(image);
    json.raw(", \"question\": ").string(QUESTION);
    json.raw(", \"answer\": ").string(Integer.toString(left + right));
    json.raw(", \"steps_with_score\": [");
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      int correct = step.right ? SAMPLED - random.nextInt(4) : 0;
      json.raw(i == 0 ? "{\"step\": " : ", {\"step\": ").string(step.text);
      json.raw(", \"score\": ").number((double) correct / SAMPLED);
      json.raw(", \"num_mc_correct\": ").number((long) correct);
      json.raw(", \"num_mc_total\": ").number((long) SAMPLED).raw("}");
    }
    json.raw("], \"num_mc_sequences\": ").number((long) SAMPLED).raw("}\n");
    return json;
  }

  private List<Step> steps(int left, int right) {
    int wrongStep = random.nextInt(6); // 0, 1, 2: that step; else all are right
    int saidLeft = wrongStep == 0 ? other(left, largest) : left;
    int saidRight = wrongStep == 1 ? other(right, largest) : right;
    int sum = saidLeft + saidRight;
    int saidSum = wrongStep == 2 ? 1 + other(sum - 1, 2 * largest - 1) : sum;
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("left " + saidLeft, saidLeft == left));
    steps.add(new Step("right " + saidRight, saidRight == right));
    steps.add(new Step("sum " + saidSum, saidSum == left + right));
    return steps;
  }

  /** Another number from 1 to the largest. */
  private int other(int number, int most) {
    int drawn = 1 + random.nextInt(most - 1);
    return drawn < number ? drawn : drawn + 1;
  }
}
