package io.bisift.pipelines;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small annotation files. */
public final class Annotations {
  /** All files of a set but {@code run.json}, by name; bytes stand as Latin-1. */
  public static SortedMap<String, String> set(Path folder) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("run.json")) {
          files.put(
              folder.relativize(file).toString(),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

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
