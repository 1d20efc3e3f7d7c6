package io.bisift.model.input;

/**
 * A record cannot be scored or trained on: a broken picture, unclear steps, too long. Bad data, not
 * a fault: no stack trace, and the message is a reason in a few words.
 */
public final class UnusableRecordException extends Exception {
  public UnusableRecordException(String reason) {
    super(reason, null, false, false);
  }
}
