package io.bisift.core;

/**
 * Something the user can mend: the message is one line that says what is wrong, where, and what to
 * do. Shown without a stack trace.
 */
public final class UserException extends RuntimeException {
  /** Whether the command line is at fault, or the run. */
  public enum Kind {
    USAGE,
    FAILURE
  }

  private final Kind kind;

  private UserException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The command cannot run as it was given. */
  public static UserException usage(String message) {
    return new UserException(Kind.USAGE, message, null);
  }

  /** The run failed. */
  public static UserException failure(String message) {
    return new UserException(Kind.FAILURE, message, null);
  }

  /** The run failed because of something beneath it. */
  public static UserException failure(String message, Throwable cause) {
    return new UserException(Kind.FAILURE, message, cause);
  }

  public Kind kind() {
    return kind;
  }
}
