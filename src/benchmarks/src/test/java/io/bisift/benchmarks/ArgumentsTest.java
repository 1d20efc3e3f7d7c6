package io.bisift.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.benchmarks.Arguments.UsageException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
  @Test
  void takesValuesBothWaysAndFlags() {
    Arguments arguments = parse("--runs", "3", "--scale=0.5", "--keep", "--runs=4");

    assertEquals(List.of("3", "4"), arguments.all("runs"));
    assertEquals(4, arguments.count("runs", 5));
    assertEquals(0.5, arguments.number("scale", 1));
    assertEquals(List.of(0.5), arguments.numbers("scale", List.of()));
    assertTrue(arguments.has("keep"));
    assertFalse(parse().has("keep"));
    assertEquals(5, parse().count("runs", 5));
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused("unknown option --rnus", "--rnus", "3");
    assertRefused("unexpected argument 3", "3");
    assertRefused("--runs needs a value", "--runs");
    assertRefused("unknown option --keep=yes", "--keep=yes");
    assertRefused("--runs must be a whole number from 1 on, was 0", "--runs=0");
    assertRefused("--scale must be a number above 0, was NaN", "--scale=NaN");
  }

  private static void assertRefused(String message, String... args) {
    UsageException refused =
        assertThrows(
            UsageException.class,
            () -> {
              Arguments arguments = parse(args);
              arguments.count("runs", 5);
              arguments.number("scale", 1);
            });
    assertEquals(message, refused.getMessage());
  }

  private static Arguments parse(String... args) {
    return Arguments.parse(args, Set.of("runs", "scale"), Set.of("keep"));
  }
}
