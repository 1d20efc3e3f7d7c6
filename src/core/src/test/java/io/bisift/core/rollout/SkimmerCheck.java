package io.bisift.core.rollout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bisift.core.rollout.RolloutSkimmer.Answer;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.stats.LabelStatistics;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.IndexEntry;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.OutputRecord;
import io.bisift.core.training.ParsedRecord;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.RecordConverter.BadSteps;
import io.bisift.core.training.TrainingRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
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
    if (skimmer.spans().isPresent()) {
      CONVERTERS.forEach(converter -> compareCopy(line, rollout, converter));
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

  /** The copied record must be the parsed one, byte by byte. */
  private void compareCopy(byte[] line, Rollout rollout, RecordConverter converter) {
    try {
      RolloutScore score = RolloutScore.of(rollout);
      OutputRecord copied = converter.copy("s:1", skimmer, score, 0.05).orElseThrow();
      TrainingRecord record = converter.convert(rollout);
      OutputRecord parsed = new ParsedRecord(record, new IndexEntry("s:1", record, score, 0.05));
      assertEquals(bytes(parsed::appendTo), bytes(copied::appendTo), () -> show(line));
      assertEquals(bytes(parsed::appendEntryTo), bytes(copied::appendEntryTo), () -> show(line));
      LabelStatistics ofParsed = new LabelStatistics();
      parsed.addTo(ofParsed);
      LabelStatistics ofCopied = new LabelStatistics();
      copied.addTo(ofCopied);
      assertEquals(ofParsed.summary(), ofCopied.summary(), () -> show(line));
      RolloutSpans spans = skimmer.spans().orElseThrow();
      for (int i = 0; i < spans.imageCount(); i++) {
        assertEquals(rollout.images().names().get(i), spans.image(i), () -> show(line));
      }
    } catch (RejectedRecordException e) {
      throw new AssertionError(show(line), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String bytes(Consumer<JsonBytes> writer) {
    JsonBytes json = new JsonBytes();
    writer.accept(json);
    return new String(json.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static String show(byte[] line) {
    return new String(line, StandardCharsets.UTF_8) + " = " + HexFormat.of().formatHex(line);
  }
}
