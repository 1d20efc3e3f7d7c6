package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bisift.core.rollout.RolloutSkimmer.Answer;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Holds what a skimmer says against the full parse. */
final class SkimmerCheck {
  private static final List<RecordConverter> CONVERTERS =
      Arrays.stream(BadSteps.values())
          .map(badSteps -> new RecordConverter(LabelRule.soft(), badSteps, ImageCheck.NONE))
          .toList();

  final RolloutSkimmer skimmer = new RolloutSkimmer();

  /** The skimmer's answer, which the full parse confirms. */
  Answer answer(byte[] line) {
    byte[] buffer = new byte[line.length + 16]; // quotes on both sides: reading beyond would show
    Arrays.fill(buffer, (byte) '"');
    System.arraycopy(line, 0, buffer, 8, line.length);
    Answer answer = skimmer.skim(buffer, 8, 8 + line.length);
    if (answer != Answer.UNSURE) {
      confirm(line, answer);
    }
    return answer;
  }

  private void confirm(byte[] line, Answer answer) {
    Rollout rollout = parse(line);
    if (answer == Answer.BLANK) {
      assertNull(rollout, () -> show(line));
      return;
    }
    assertNotNull(rollout, () -> show(line));
    double[] expected =
        rollout.steps().stream()
            .map(Step::score)
            .filter(Objects::nonNull)
            .mapToDouble(score -> score)
            .toArray();
    double[] actual = Arrays.copyOf(skimmer.scores(), skimmer.scoreCount());
    assertArrayEquals(bits(expected), bits(actual), () -> show(line));
    assertEquals(
        RolloutScore.of(rollout),
        RolloutScore.of(skimmer.scores(), skimmer.scoreCount()),
        () -> show(line));
    if (skimmer.isWritable()) {
      CONVERTERS.forEach(converter -> convert(line, rollout, converter));
    }
  }

  /** Whether the full parse ranks the line. */
  static boolean isRanked(byte[] line) {
    try {
      return RolloutParser.parse(line, 0, line.length) != null;
    } catch (RejectedRecordException e) {
      return false;
    }
  }

  /** Whether some way of converting rejects the line's rollout. */
  static boolean isRejected(byte[] line) {
    Rollout rollout = parse(line);
    return rollout == null
        || CONVERTERS.stream()
            .anyMatch(
                converter -> {
                  try {
                    converter.convert(rollout);
                    return false;
                  } catch (RejectedRecordException e) {
                    return true;
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
  }

  private static @Nullable Rollout parse(byte[] line) {
    try {
      return RolloutParser.parse(line, 0, line.length);
    } catch (RejectedRecordException e) {
      throw new AssertionError(show(line), e);
    }
  }

  private static void convert(byte[] line, Rollout rollout, RecordConverter converter) {
    try {
      converter.convert(rollout);
    } catch (RejectedRecordException e) {
      throw new AssertionError(show(line), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static String show(byte[] line) {
    return new String(line, StandardCharsets.UTF_8) + " = " + HexFormat.of().formatHex(line);
  }
}
