package io.bisift.core.training;

import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** How a record that cannot be used is kept aside: enough to find it, mend it and replay it. */
public final class RejectedRecord {
  private RejectedRecord() {}

  /**
   * Appends {@code {"id": …, "offset": …, "reason": …, "raw": …}}, without a line end. Text that is
   * not UTF-8 stands as Base64 under {@code raw_base64} instead.
   *
   * @param id record id, {@code SOURCE:LINE}
   * @param offset of the line's first byte in the uncompressed source
   * @param line the buffer with the line in {@code [from, to)}, its terminator left out
   */
  public static void append(
      String id,
      long offset,
      RejectedRecordException rejection,
      byte[] line,
      int from,
      int to,
      JsonBytes json) {
    json.raw("{\"id\": ").string(id);
    appendRest(offset, String.valueOf(rejection.getMessage()), line, from, to, json);
  }

  /**
   * Appends what stands behind the id, and behind what else tells which record it is.
   *
   * @param offset where it stood
   * @param reason for which it cannot be used
   * @param line the buffer with the line in {@code [from, to)}, its terminator left out
   */
  public static void appendRest(
      long offset, String reason, byte[] line, int from, int to, JsonBytes json) {
    json.raw(", \"offset\": ").raw(Long.toString(offset));
    json.raw(", \"reason\": ").string(reason);
    if (Utf8.firstInvalid(line, from, to) < 0) {
      json.raw(", \"raw\": ").string(new String(line, from, to - from, StandardCharsets.UTF_8));
    } else {
      byte[] raw = Arrays.copyOfRange(line, from, to);
      json.raw(", \"raw_base64\": \"").raw(Base64.getEncoder().encode(raw)).raw("\"");
    }
    json.raw("}");
  }
}
