package io.bisift.runners.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.pipelines.commandline.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sets made without Flink, and what tells two sets apart. */
public final class Sets {
  private static final String RUN_FILE = "run.json";

  private static final RunnerDefaults LAPTOP =
      new RunnerDefaults() {
        @Override
        public Map<String, String> of(GivenOptions given) {
          return Map.of();
        }

        @Override
        public boolean alwaysBeam() {
          return false;
        }
      };

  private Sets() {}

  /** A screen that remembers. */
  public static Screen screen(ByteArrayOutputStream printed) {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new Screen(stream, stream, /* terminal= */ false);
  }

  /** Runs a command line that must succeed. */
  public static void run(RunnerDefaults defaults, Object... args) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int exitCode = Bisift.run(screen(printed), defaults, words);
    assertEquals(0, exitCode, () -> printed.toString(StandardCharsets.UTF_8));
  }

  /** The same as the laptop's launcher does it, which all runners are measured against. */
  public static void runLocally(Object... args) {
    run(LAPTOP, args);
  }

  /** Every file is there with the same bytes, run.json aside. */
  public static void assertSame(Path expected, Path actual) throws IOException {
    Map<String, byte[]> wanted = files(expected);
    Map<String, byte[]> found = files(actual);
    assertEquals(wanted.keySet(), found.keySet());
    wanted.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  private static Map<String, byte[]> files(Path set) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(set)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith(RUN_FILE))
          .forEach(file -> files.put(set.relativize(file).toString(), bytes(file)));
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
