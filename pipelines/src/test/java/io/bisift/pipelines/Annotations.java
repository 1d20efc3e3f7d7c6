package io.bisift.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Small annotation files. */
public final class Annotations {
  private Annotations() {}

  /** A rollout with these scores. */
  public static String rollout(String question, double... scores) {
    String steps =
        Arrays.stream(scores)
            .mapToObj(score -> "{\"step\": \"so\", \"score\": " + score + "}")
            .collect(Collectors.joining(", "));
    return "{\"image\": \"a.png\", \"question_orig\": \""
        + question
        + "\", \"steps_with_score\": ["
        + steps
        + "]}";
  }

  /** Writes lines, the folder too where it is missing. */
  public static Path write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** Four rollouts: mixed, right, wrong, and one that is right but unsure. */
  public static Path source(Path file) throws IOException {
    return write(
        file,
        rollout("mixed", 0.5, 0.0),
        rollout("right", 1.0, 1.0),
        rollout("wrong", 0.0, 0.0),
        rollout("unsure", 0.25, 0.25));
  }
}
