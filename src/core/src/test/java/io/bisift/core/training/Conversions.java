package io.bisift.core.training;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.text.JsonBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Lines of annotation files to lines of training files. */
final class Conversions {
  private Conversions() {}

  static RecordConverter leavingOut(LabelRule labels) {
    return new RecordConverter(labels, RecordConverter.BadSteps.LEAVE_OUT, ImageCheck.NONE);
  }

  static RecordConverter strict(LabelRule labels) {
    return new RecordConverter(labels, RecordConverter.BadSteps.REJECT_ROLLOUT, ImageCheck.NONE);
  }

  /** The training record's JSON, or null where the line is blank. */
  static @Nullable String convert(byte[] line, RecordConverter converter)
      throws RejectedRecordException {
    Rollout rollout = RolloutParser.parse(line, 0, line.length);
    return rollout == null ? null : json(convert(rollout, converter));
  }

  static TrainingRecord convert(Rollout rollout, RecordConverter converter)
      throws RejectedRecordException {
    try {
      return converter.convert(rollout);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String json(TrainingRecord record) {
    JsonBytes json = new JsonBytes();
    record.appendTo(json);
    return json.toString();
  }
}
