package io.bisift.trainer.data;

/** A record that cannot be trained on; the message says why, in a few words. */
public final class BadRecordException extends Exception {
  public BadRecordException(String reason) {
    super(reason);
  }

  public BadRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** Why. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
