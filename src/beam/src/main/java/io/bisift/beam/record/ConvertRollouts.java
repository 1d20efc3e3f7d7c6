package io.bisift.beam.record;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import io.bisift.core.training.TrainingRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Turns rollouts into training records. A rollout of which no record can be made fails the
 * pipeline, or goes to the error handler if there is one. Batch or streaming, any windows.
 */
public final class ConvertRollouts
    extends PTransform<PCollection<SourcedRollout>, PCollection<SourcedRecord>> {
  private static final TupleTag<SourcedRecord> CONVERTED = new TupleTag<>() {};

  private final LabelRule labels;
  private final RecordConverter.BadSteps badSteps;
  private final BadRecordRouter router;
  private final ErrorHandler<BadRecord, ?> badRecords;

  private ConvertRollouts(
      LabelRule labels,
      RecordConverter.BadSteps badSteps,
      BadRecordRouter router,
      ErrorHandler<BadRecord, ?> badRecords) {
    this.labels = labels;
    this.badSteps = badSteps;
    this.router = router;
    this.badRecords = badRecords;
  }

  /** As the {@code convert} command does: steps without text or score are left out one by one. */
  public static ConvertRollouts withLabels(LabelRule labels) {
    return new ConvertRollouts(
        labels,
        RecordConverter.BadSteps.LEAVE_OUT,
        BadRecordRouter.THROWING_ROUTER,
        new ErrorHandler.DefaultErrorHandler<>());
  }

  /** As the {@code select} command does: a step without text or score rejects its rollout. */
  public ConvertRollouts rejectingBadSteps() {
    return new ConvertRollouts(labels, RecordConverter.BadSteps.REJECT_ROLLOUT, router, badRecords);
  }

  /** Hands rejected rollouts over instead of failing. */
  public ConvertRollouts withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new ConvertRollouts(labels, badSteps, BadRecordRouter.RECORDING_ROUTER, handler);
  }

  @Override
  public PCollection<SourcedRecord> expand(PCollection<SourcedRollout> rollouts) {
    PCollectionTuple converted =
        rollouts.apply(
            "Convert",
            ParDo.of(new ConvertFn(labels, badSteps, router))
                .withOutputTags(CONVERTED, TupleTagList.of(BadRecordRouter.BAD_RECORD_TAG)));
    badRecords.addErrorCollection(
        converted
            .get(BadRecordRouter.BAD_RECORD_TAG)
            .setCoder(BadRecord.getCoder(rollouts.getPipeline())));
    return converted.get(CONVERTED).setCoder(RecordCoders.RECORD);
  }

  private static final class ConvertFn extends DoFn<SourcedRollout, SourcedRecord> {
    private final LabelRule labels;
    private final RecordConverter.BadSteps badSteps;
    private final BadRecordRouter router;

    ConvertFn(LabelRule labels, RecordConverter.BadSteps badSteps, BadRecordRouter router) {
      this.labels = labels;
      this.badSteps = badSteps;
      this.router = router;
    }

    @ProcessElement
    public void processElement(@Element SourcedRollout rollout, MultiOutputReceiver out)
        throws Exception {
      TrainingRecord record;
      try {
        record = new RecordConverter(labels, badSteps, ImageCheck.NONE).convert(rollout.rollout());
      } catch (RejectedRecordException e) {
        router.route(out, rollout, RecordCoders.ROLLOUT, e, "Converting a rollout");
        return;
      }
      out.get(CONVERTED).output(new SourcedRecord(rollout.id(), record));
    }
  }
}
