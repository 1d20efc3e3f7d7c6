package io.bisift.trainer.feed;

import io.bisift.model.input.EncodedRecord;
import io.bisift.trainer.data.BadRecordException;
import java.util.List;

/** Turns a record's text and pictures into what the model takes. Safe from several threads. */
@FunctionalInterface
public interface RecordEncoder {
  /**
   * @param text question and steps, each step closed by {@code <prm>}
   * @param steps how many
   * @param images the files' bytes, in order
   * @return with the positions of as many {@code <prm>} as are left of the steps after truncation
   * @throws BadRecordException if it cannot be encoded
   */
  EncodedRecord encode(String text, int steps, List<byte[]> images) throws BadRecordException;
}
