package io.bisift.core.rollout;

/**
 * A record cannot be used. Bad data, not a fault: it carries no stack trace, and its message is the
 * reason that stands beside the record in {@code rejected/}.
 */
public final class RejectedRecordException extends Exception {
  private final Defect defect;

  public RejectedRecordException(Defect defect, String reason) {
    super(reason, null, false, false);
    this.defect = defect;
  }

  public Defect defect() {
    return defect;
  }
}
