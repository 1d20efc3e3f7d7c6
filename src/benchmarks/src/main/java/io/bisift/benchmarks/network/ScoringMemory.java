package io.bisift.benchmarks.network;

import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Program;
import io.bisift.benchmarks.Program.Failure;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.ScorerSettings.PictureLayout;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.core.scoring.ScorerSettings.PromptText;
import io.bisift.core.scoring.StepScores;
import io.bisift.model.RewardModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Scores many records in one process and watches its memory. */
public final class ScoringMemory {
  private static final String HELP =
      """
      Scores random records, with pictures of many sizes, and prints after each tenth of them the
      resident memory of the process in MB (Linux).

        --checkpoint FOLDER             (required; bisift model init makes one)
        --records N                     (default 1000)
        --batch N                       records handed over at once (default 8)
        --precision float32|bfloat16    (default float32)
      """;
  private static final int TENTHS = 10;

  private final SplittableRandom random = new SplittableRandom(0);

  private ScoringMemory() {}

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "scoring",
            HELP,
            Set.of("checkpoint", "records", "batch", "precision"),
            Set.of(),
            args,
            arguments -> new ScoringMemory().run(arguments)));
  }

  private void run(Arguments arguments) {
    int records = arguments.count("records", 1000);
    int batch = arguments.count("batch", 8);
    long before = OwnMemory.resident();
    try (RewardModel model = RewardModel.load(settings(arguments))) {
      System.out.printf("%8s  %9s  %9s%n", "records", "seconds", "MB");
      System.out.printf("%8s  %9s  %9d%n", "", "", before);
      System.out.printf("%8s  %9s  %9d%n", "loaded", "", OwnMemory.resident());
      long start = System.nanoTime();
      for (int done = 0, tenth = 1; done < records; ) {
        int some = Math.min(batch, records - done);
        List<ScoreRequest> requests = IntStream.range(0, some).mapToObj(i -> request()).toList();
        for (StepScores scores : model.score(requests)) {
          if (scores instanceof StepScores.Rejected rejected) {
            throw new Failure("a record was rejected: " + rejected.reason());
          }
        }
        done += some;
        if (done >= (long) tenth * records / TENTHS) {
          double seconds = (System.nanoTime() - start) / 1e9;
          System.out.printf("%8d  %9.1f  %9d%n", done, seconds, OwnMemory.resident());
          tenth = (int) ((long) done * TENTHS / records) + 1;
        }
      }
    }
    System.out.printf("%8s  %9s  %9d%n", "closed", "", OwnMemory.resident());
    System.out.printf("%8s  %9s  %9d%n", "peak", "", OwnMemory.peak());
  }

  private static ScorerSettings settings(Arguments arguments) {
    Precision precision =
        switch (arguments.get("precision").orElse("float32")) {
          case "float32" -> Precision.FLOAT32;
          case "bfloat16" -> Precision.BFLOAT16;
          default -> throw new Failure("--precision is float32 or bfloat16");
        };
    return new ScorerSettings(
        arguments.get("checkpoint").orElseThrow(() -> new Failure("needs --checkpoint")),
        PromptText.TRAINING,
        PictureLayout.MOSAIC,
        Optional.empty(),
        "cpu",
        precision);
  }

  private ScoreRequest request() {
    List<String> steps =
        IntStream.rangeClosed(0, random.nextInt(8)).mapToObj(i -> words()).toList();
    return new ScoreRequest(words(), steps, List.of(picture()));
  }

  private String words() {
    return random
        .ints(random.nextInt(5, 40), 0, 1000)
        .mapToObj(number -> number + (number % 3 == 0 ? " crates" : ""))
        .collect(Collectors.joining(" "));
  }

  private byte[] picture() {
    BufferedImage image =
        new BufferedImage(
            random.nextInt(30, 600), random.nextInt(30, 600), BufferedImage.TYPE_INT_RGB);
    int color = random.nextInt();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, color + x * y);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new Failure("a picture cannot be written: " + e.getMessage());
    }
    return bytes.toByteArray();
  }
}
