package io.bisift.model.image;

/**
 * A picture cannot be used: broken, cut short, too large or of another kind. Bad data, not a fault:
 * no stack trace, and the message is a reason in a few words.
 */
public final class BrokenImageException extends Exception {
  BrokenImageException(String reason) {
    super(reason, null, false, false);
  }
}
