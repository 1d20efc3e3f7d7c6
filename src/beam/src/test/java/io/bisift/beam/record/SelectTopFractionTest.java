package io.bisift.beam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.beam.BeamTest;
import io.bisift.core.score.RolloutScore;
import io.bisift.core.select.TopFraction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SelectTopFractionTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void keepsTheBestHalfOfEachSource() {
    SourcedRollout mixed = Rollouts.of("x", 7, 1, 0);
    SourcedRollout mixedEarlier = Rollouts.of("x", 4, 1, 0);
    SourcedRollout easy = Rollouts.of("x", 1, 1, 1);
    SourcedRollout alone = Rollouts.of("y", 3, 0, 0);

    PCollection<SourcedRollout> kept =
        select(List.of(mixed, mixedEarlier, easy, alone), SelectTopFraction.perSource(0.5));

    PAssert.that(kept).containsInAnyOrder(mixedEarlier, alone); // a tie: the smaller order
    beam.run();
  }

  @Test
  void givesNothingForNothing() {
    PCollection<SourcedRollout> kept = select(List.of(), SelectTopFraction.perSource(0.5));

    PAssert.that(kept).empty();
    beam.run();
  }

  @Test
  void keepsWhatSortingKeepsWhenMostRolloutsTie() {
    List<SourcedRollout> rollouts = random(200, true);

    PCollection<SourcedRollout> kept =
        select(rollouts, SelectTopFraction.perSource(0.3).withAlpha(0.2));

    PAssert.that(kept).containsInAnyOrder(sorted(rollouts, 0.3, 0.2));
    beam.run();
  }

  @Test
  void keepsWhatSortingKeepsWhenNoTwoScoresAreAlikeAndMemoryIsShort() {
    List<SourcedRollout> rollouts = random(200, false);

    PCollection<SourcedRollout> kept =
        select(rollouts, SelectTopFraction.perSource(0.37).withMaxBuckets(128));

    PAssert.that(kept).containsInAnyOrder(sorted(rollouts, 0.37, RolloutScore.DEFAULT_ALPHA));
    beam.run();
  }

  @Test
  void dealsTiesExactlyWhenThereAreMoreOfThemThanBuckets() {
    List<SourcedRollout> rollouts = new ArrayList<>();
    for (long order : List.of(0L, 5L, 1L << 40, Long.MAX_VALUE, 17L, 1L << 62, 3L, 9L, 11L)) {
      rollouts.add(Rollouts.of("x", order, 1, 0));
    }

    PCollection<SourcedRollout> kept =
        select(rollouts, SelectTopFraction.perSource(0.7).withMaxBuckets(512));

    PAssert.that(kept).containsInAnyOrder(sorted(rollouts, 0.7, RolloutScore.DEFAULT_ALPHA));
    beam.run();
  }

  @Test
  void selectsFromEachWindowByItself() {
    SourcedRollout early = Rollouts.of("x", 1, 1, 1);
    SourcedRollout lateBad = Rollouts.of("x", 2, 0.5, 0.5);
    SourcedRollout lateGood = Rollouts.of("x", 3, 1, 0);

    PCollection<SourcedRollout> kept =
        beam.pipeline()
            .apply(
                Create.timestamped(
                        TimestampedValue.of(early, Instant.ofEpochMilli(0)),
                        TimestampedValue.of(lateBad, Instant.ofEpochMilli(60_000)),
                        TimestampedValue.of(lateGood, Instant.ofEpochMilli(60_001)))
                    .withCoder(RecordCoders.ROLLOUT))
            .apply(Window.into(FixedWindows.of(Duration.standardSeconds(30))))
            .apply(SelectTopFraction.perSource(0.5));

    PAssert.that(kept).containsInAnyOrder(early, lateGood);
    beam.run();
  }

  @Test
  void keptRolloutsHaveTheTimestampsThatTheyCameWith() {
    PCollection<String> kept =
        beam.pipeline()
            .apply(
                Create.timestamped(
                        TimestampedValue.of(Rollouts.of("x", 1, 1, 0), Instant.ofEpochMilli(9)),
                        TimestampedValue.of(Rollouts.of("x", 2, 1, 0), Instant.ofEpochMilli(5)),
                        TimestampedValue.of(Rollouts.of("x", 3, 1, 0), Instant.ofEpochMilli(9)))
                    .withCoder(RecordCoders.ROLLOUT))
            .apply(SelectTopFraction.perSource(1))
            .apply(ParDo.of(new StampFn()));

    PAssert.that(kept).containsInAnyOrder("x:1 at 9", "x:2 at 5", "x:3 at 9");
    beam.run();
  }

  private static final class StampFn extends DoFn<SourcedRollout, String> {
    @ProcessElement
    public void processElement(
        @Element SourcedRollout rollout, @Timestamp Instant timestamp, OutputReceiver<String> out) {
      out.output(rollout.id() + " at " + timestamp.getMillis());
    }
  }

  @Test
  void selectsFromMoreTextThanIsHeldBack() {
    List<SourcedRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rollouts.add(Rollouts.large("source" + i % 3, i, 200_000, i % 2, 1));
    }

    PCollection<SourcedRollout> kept = select(rollouts, SelectTopFraction.perSource(0.4));

    PAssert.that(kept).containsInAnyOrder(sorted(rollouts, 0.4, RolloutScore.DEFAULT_ALPHA));
    beam.run();
  }

  @Test
  void refusesWindowsWhoseCutWouldNotBeFinal() {
    PCollection<SourcedRollout> rollouts =
        Pipeline.create().apply(Create.empty(RecordCoders.ROLLOUT));
    PCollection<SourcedRollout> sessions =
        rollouts.apply(
            "Sessions", Window.into(Sessions.withGapDuration(Duration.standardSeconds(1))));
    PCollection<SourcedRollout> late =
        rollouts.apply(
            "Late",
            Window.<SourcedRollout>into(FixedWindows.of(Duration.standardSeconds(1)))
                .triggering(DefaultTrigger.of())
                .withAllowedLateness(Duration.standardSeconds(1))
                .discardingFiredPanes());

    assertThrows(
        IllegalArgumentException.class,
        () -> sessions.apply("A", SelectTopFraction.perSource(0.5)));
    assertThrows(
        IllegalArgumentException.class, () -> late.apply("B", SelectTopFraction.perSource(0.5)));
  }

  @Test
  void refusesARatioOrAlphaThatMakesNoSense() {
    for (double ratio : new double[] {0, -0.1, 1.5, Double.NaN}) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> SelectTopFraction.perSource(ratio));
      assertEquals("the keep ratio must be in (0, 1], was " + ratio, refused.getMessage());
    }
    assertThrows(
        IllegalArgumentException.class, () -> SelectTopFraction.perSource(1).withAlpha(Double.NaN));
  }

  private PCollection<SourcedRollout> select(
      List<SourcedRollout> rollouts, SelectTopFraction selection) {
    return beam.pipeline()
        .apply(Create.of(rollouts).withCoder(RecordCoders.ROLLOUT))
        .apply(selection);
  }

  private static List<SourcedRollout> random(int count, boolean sixteenths) {
    Random random = new Random(5);
    List<SourcedRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rollouts.add(Rollouts.random("source" + random.nextInt(3), i, random, sixteenths));
    }
    Collections.shuffle(rollouts, random);
    return rollouts;
  }

  /** The reference: sort by score, best first, then by order, and take the first k. */
  private static List<SourcedRollout> sorted(
      List<SourcedRollout> rollouts, double ratio, double alpha) {
    Map<String, List<SourcedRollout>> bySource =
        rollouts.stream().collect(Collectors.groupingBy(SourcedRollout::source));
    Comparator<SourcedRollout> best =
        Comparator.comparingDouble(
                (SourcedRollout rollout) ->
                    -RolloutScore.of(rollout.rollout()).balancedInformation(alpha))
            .thenComparingLong(SourcedRollout::order);
    return bySource.values().stream()
        .flatMap(own -> own.stream().sorted(best).limit(new TopFraction(ratio).of(own.size())))
        .toList();
  }
}
