package io.bisift.formats.testkit.http;

/**
 * Something that goes wrong with one request.
 *
 * @param status of an answer instead of the true one; 0 for the other kinds
 */
public record Fault(Kind kind, int status) {
  /** Where it goes wrong. */
  public enum Kind {
    /** The request is refused and nothing happens. */
    REFUSED,
    /** The same with 503, and when to come again. */
    TOLD_TO_WAIT,
    /** The connection breaks while the request's body is sent; an upload keeps what has come. */
    CUT_REQUEST,
    /** The request is carried out, but the connection breaks before the answer. */
    LOST_ANSWER,
    /** The connection breaks in the middle of the answer's body. */
    CUT_ANSWER,
    /** The answer is half of it, and looks whole. */
    SHORT_ANSWER,
    /** The answer's body comes in drops. */
    SLOW_ANSWER,
    /** Of the piece of a resumable upload half is kept, and the answer says so. */
    KEEPS_HALF,
    /** A byte of the answer's body is another one. */
    WRONG_BYTE,
    /** The CRC32C in the answer is not that of the object. */
    WRONG_SUM
  }

  public static final Fault TOLD_TO_WAIT = new Fault(Kind.TOLD_TO_WAIT, 503);
  public static final Fault CUT_REQUEST = new Fault(Kind.CUT_REQUEST, 0);
  public static final Fault LOST_ANSWER = new Fault(Kind.LOST_ANSWER, 0);
  public static final Fault CUT_ANSWER = new Fault(Kind.CUT_ANSWER, 0);
  public static final Fault SHORT_ANSWER = new Fault(Kind.SHORT_ANSWER, 0);
  public static final Fault SLOW_ANSWER = new Fault(Kind.SLOW_ANSWER, 0);
  public static final Fault KEEPS_HALF = new Fault(Kind.KEEPS_HALF, 0);
  public static final Fault WRONG_BYTE = new Fault(Kind.WRONG_BYTE, 0);
  public static final Fault WRONG_SUM = new Fault(Kind.WRONG_SUM, 0);

  /** A refusal: 429, 503, 403 … */
  public static Fault status(int status) {
    return new Fault(Kind.REFUSED, status);
  }
}
