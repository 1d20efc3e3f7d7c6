package io.bisift.model.text;

import java.util.List;

/** Tokens with a meaning of their own, and the words that answer for right and wrong. */
public final class SpecialTokens {
  public static final String IMAGE_START = "<img>";
  public static final String IMAGE_END = "</img>";

  /** Stands for one token of a picture. */
  public static final String IMAGE_CONTEXT = "<IMG_CONTEXT>";

  /** Ends a step: here the step is judged. */
  public static final String PRM = "<prm>";

  public static final String MESSAGE_START = "<|im_start|>";
  public static final String MESSAGE_END = "<|im_end|>";

  /** What the tokenizer must hold, in the order in which the reference adds what is missing. */
  public static final List<String> ADDED =
      List.of(
          IMAGE_START,
          IMAGE_END,
          IMAGE_CONTEXT,
          "<quad>",
          "</quad>",
          "<ref>",
          "</ref>",
          "<box>",
          "</box>",
          PRM);

  /** Where a picture belongs, in a record's text. Never a token. */
  public static final String PICTURE = "<image>";

  /** The step is right. A plain word of the vocabulary, without a space before it. */
  public static final String RIGHT = "Yes";

  /** The step is wrong. */
  public static final String WRONG = "No";

  private SpecialTokens() {}
}
