package io.bisift.beam.record;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Parses lines of annotation files, given as source → (order, line), in the dialect of {@link
 * RolloutParser}. Blank lines give nothing. A line that cannot be ranked fails the pipeline, or
 * goes to the error handler if there is one.
 */
public final class ParseRollouts
    extends PTransform<PCollection<KV<String, KV<Long, String>>>, PCollection<SourcedRollout>> {
  private static final TupleTag<SourcedRollout> PARSED = new TupleTag<>() {};

  private final BadRecordRouter router;
  private final ErrorHandler<BadRecord, ?> badRecords;

  private ParseRollouts(BadRecordRouter router, ErrorHandler<BadRecord, ?> badRecords) {
    this.router = router;
    this.badRecords = badRecords;
  }

  public static ParseRollouts create() {
    return new ParseRollouts(
        BadRecordRouter.THROWING_ROUTER, new ErrorHandler.DefaultErrorHandler<>());
  }

  /** Hands rejected lines over instead of failing. */
  public ParseRollouts withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return new ParseRollouts(BadRecordRouter.RECORDING_ROUTER, handler);
  }

  @Override
  public PCollection<SourcedRollout> expand(PCollection<KV<String, KV<Long, String>>> lines) {
    PCollectionTuple parsed =
        lines.apply(
            "Parse",
            ParDo.of(new ParseFn(router))
                .withOutputTags(PARSED, TupleTagList.of(BadRecordRouter.BAD_RECORD_TAG)));
    badRecords.addErrorCollection(
        parsed
            .get(BadRecordRouter.BAD_RECORD_TAG)
            .setCoder(BadRecord.getCoder(lines.getPipeline())));
    return parsed.get(PARSED).setCoder(RecordCoders.ROLLOUT);
  }

  private static final class ParseFn extends DoFn<KV<String, KV<Long, String>>, SourcedRollout> {
    private final BadRecordRouter router;

    ParseFn(BadRecordRouter router) {
      this.router = router;
    }

    @ProcessElement
    public void processElement(@Element KV<String, KV<Long, String>> line, MultiOutputReceiver out)
        throws Exception {
      Rollout rollout;
      try {
        rollout = RolloutParser.parse(line.getValue().getValue());
      } catch (RejectedRecordException e) {
        router.route(
            out,
            line,
            KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of())),
            e,
            "Parsing a line of an annotation file");
        return;
      }
      if (rollout != null) {
        out.get(PARSED)
            .output(new SourcedRollout(line.getKey(), line.getValue().getKey(), rollout));
      }
    }
  }
}
