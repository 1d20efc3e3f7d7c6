package io.bisift.model.text;

/** A text does not tell where its steps end. Bad data, not a fault: no stack trace. */
public final class UnclearStepsException extends Exception {
  UnclearStepsException(String reason) {
    super(reason, null, false, false);
  }
}
