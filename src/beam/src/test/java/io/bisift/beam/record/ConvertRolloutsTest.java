package io.bisift.beam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.beam.BeamTest;
import io.bisift.core.rollout.Images;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.Step;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.LabelRule;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ConvertRolloutsTest {
  private static final String GOOD =
      "{\"image\": \"a.png\", \"question\": \"q\", \"steps_with_score\":"
          + " [{\"step\": \"one\", \"score\": 0.5}, {\"step\": \"two\", \"score\": 0}]}";
  private static final SourcedRollout NO_IMAGE =
      new SourcedRollout(
          "x",
          2,
          new Rollout(
              new Images(List.of(), false, "missing"),
              "q",
              List.of(new Step("one", 0.5, null, null))));
  private static final SourcedRollout BAD_STEP =
      new SourcedRollout(
          "x",
          3,
          new Rollout(
              Images.one("a.png"),
              "q",
              List.of(new Step("one", 0.5, null, null), new Step(null, 1.0, null, null))));

  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void parsesLinesAndConvertsThem() {
    PCollection<String> records =
        json(
            lines(KV.of("x", KV.of(1L, GOOD)), KV.of("x", KV.of(2L, " \u00a0")))
                .apply(ParseRollouts.create())
                .apply(ConvertRollouts.withLabels(LabelRule.soft())));

    PAssert.that(records)
        .containsInAnyOrder(
            "x:1 {\"image\": \"a.png\", \"conversations\": [{\"from\": \"human\", \"value\":"
                + " \"Question: q\\nProcess: one<prm>\\n\\ntwo<prm>\"}, {\"from\": \"gpt\","
                + " \"value\": [0.5, 0.0]}]}");
    beam.run();
  }

  @Test
  void leavesBadStepsOutUnlessTold() {
    PCollection<String> records =
        json(rollouts(BAD_STEP).apply(ConvertRollouts.withLabels(LabelRule.hard(0.5))));

    PAssert.that(records)
        .containsInAnyOrder(
            "x:3 {\"image\": \"a.png\", \"conversations\": [{\"from\": \"human\", \"value\":"
                + " \"Question: q\\nProcess: one<prm>\"}, {\"from\": \"gpt\", \"value\": [0.0]}]}");
    beam.run();
  }

  @Test
  void failsOnABadRolloutWithoutAHandler() {
    rollouts(NO_IMAGE).apply(ConvertRollouts.withLabels(LabelRule.soft()));

    Throwable failure =
        BeamTest.rootCause(assertThrows(Pipeline.PipelineExecutionException.class, beam::run));
    assertInstanceOf(RejectedRecordException.class, failure);
    assertEquals("image is missing", failure.getMessage());
  }

  @Test
  void handsBadLinesAndRolloutsToTheHandler() throws Exception {
    BadRecordErrorHandler<PCollection<String>> handler =
        beam.pipeline().registerBadRecordErrorHandler(new Reasons());
    lines(KV.of("x", KV.of(1L, "{\"a\": 1}")))
        .apply(ParseRollouts.create().withBadRecordErrorHandler(handler));
    rollouts(NO_IMAGE, BAD_STEP)
        .apply(
            ConvertRollouts.withLabels(LabelRule.soft())
                .rejectingBadSteps()
                .withBadRecordErrorHandler(handler));
    handler.close();

    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "steps_with_score is missing", "image is missing", "step 2 has no text");
    beam.run();
  }

  /** What the handler is told. */
  private static final class Reasons
      extends PTransform<PCollection<BadRecord>, PCollection<String>> {
    @Override
    public PCollection<String> expand(PCollection<BadRecord> records) {
      return records.apply(
          MapElements.into(TypeDescriptors.strings())
              .via(
                  record ->
                      record
                          .getFailure()
                          .getException()
                          .replaceFirst("^.*RejectedRecordException: ", "")));
    }
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private final PCollection<KV<String, KV<Long, String>>> lines(
      KV<String, KV<Long, String>>... lines) {
    return beam.pipeline().apply("Lines", Create.of(List.of(lines)));
  }

  private PCollection<SourcedRollout> rollouts(SourcedRollout... rollouts) {
    return beam.pipeline()
        .apply("Rollouts", Create.of(List.of(rollouts)).withCoder(RecordCoders.ROLLOUT));
  }

  private static PCollection<String> json(PCollection<SourcedRecord> records) {
    return records
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(
                    record -> {
                      JsonBytes json = new JsonBytes();
                      record.record().appendTo(json);
                      return record.id() + " " + json;
                    }))
        .setCoder(StringUtf8Coder.of());
  }
}
