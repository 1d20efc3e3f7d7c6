package io.bisift.model.text;

import io.bisift.core.scoring.ScorerSettings.PromptText;

/**
 * The reference's conversation around a record's text, as token ids:
 *
 * <pre>
 *   {start token}&lt;|im_start|>system\n{system}&lt;|im_end|>\n
 *   &lt;|im_start|>user\n&lt;|im_end|>\n              (scoring: never closed)
 *   &lt;|im_start|>assistant\n{text}&lt;|im_end|>\n
 * </pre>
 *
 * without the line breaks that are not written out. Safe from several threads.
 */
public final class PromptEncoder {
  /** Of the template internvl2_5. */
  private static final String SYSTEM = "你是书生·万象，英文名是InternVL，是由上海人工智能实验室、清华大学及多家合作单位联合开发的多模态大语言模型。";

  private final PrmTokenizer tokenizer;
  private final PromptText form;
  private final int[] head;

  public PromptEncoder(PrmTokenizer tokenizer, PromptText form) {
    this.tokenizer = tokenizer;
    this.form = form;
    this.head = head();
  }

  private int[] head() {
    IdList ids = new IdList();
    tokenizer.bos().ifPresent(ids::add);
    int start = tokenizer.id(SpecialTokens.MESSAGE_START);
    int end = tokenizer.id(SpecialTokens.MESSAGE_END);
    ids.add(start);
    ids.add(tokenizer.encode("system\n" + SYSTEM));
    ids.add(end);
    ids.add(tokenizer.encode("\n"));
    ids.add(start);
    ids.add(tokenizer.encode("user\n"));
    if (form == PromptText.TRAINING) {
      ids.add(end);
      ids.add(tokenizer.encode("\n"));
    }
    ids.add(start);
    return ids.toArray();
  }

  /**
   * Pictures take the places of {@code <image>} where there are as many of these as pictures; else
   * {@code <image>} is text like any other, and the pictures stand in front, each on a line.
   *
   * @param pictures tokens of each picture, in order
   */
  public EncodedPrompt encode(RecordText text, int... pictures) {
    int places = count(text.rest()) + text.parts().stream().mapToInt(PromptEncoder::count).sum();
    boolean placed = pictures.length > 0 && places == pictures.length;
    Writer writer = new Writer(placed, pictures);
    writer.run.append("assistant\n");
    if (!placed) {
      for (int i = 0; i < pictures.length; i++) {
        writer.picture();
        writer.run.append('\n');
      }
    }
    for (String part : text.parts()) {
      writer.text(part);
      writer.prm();
    }
    writer.text(text.rest());
    writer.token(tokenizer.id(SpecialTokens.MESSAGE_END));
    writer.run.append('\n');
    return writer.end();
  }

  private static int count(String text) {
    int count = 0;
    for (int at = text.indexOf(SpecialTokens.PICTURE);
        at >= 0;
        at = text.indexOf(SpecialTokens.PICTURE, at + SpecialTokens.PICTURE.length())) {
      count++;
    }
    return count;
  }

  /** Ids as they come. Neighbouring texts are one run, as they are in the written prompt. */
  private final class Writer {
    private final boolean placed;
    private final int[] pictures;
    private final StringBuilder run = new StringBuilder();
    private final IdList ids = new IdList();
    private final IdList prmPositions = new IdList();
    private final IdList imageEnds = new IdList();
    private int nextPicture;

    private Writer(boolean placed, int[] pictures) {
      this.placed = placed;
      this.pictures = pictures;
      ids.add(head);
    }

    private void text(String text) {
      int from = 0;
      int at = placed ? text.indexOf(SpecialTokens.PICTURE) : -1;
      while (at >= 0) {
        run.append(text, from, at);
        picture();
        from = at + SpecialTokens.PICTURE.length();
        at = text.indexOf(SpecialTokens.PICTURE, from);
      }
      run.append(text, from, text.length());
    }

    private void picture() {
      token(tokenizer.id(SpecialTokens.IMAGE_START));
      int context = tokenizer.id(SpecialTokens.IMAGE_CONTEXT);
      for (int i = 0; i < pictures[nextPicture]; i++) {
        ids.add(context);
      }
      nextPicture++;
      imageEnds.add(ids.size());
      token(tokenizer.id(SpecialTokens.IMAGE_END));
    }

    private void prm() {
      endRun();
      prmPositions.add(ids.size());
      ids.add(tokenizer.id(SpecialTokens.PRM));
    }

    private void token(int id) {
      endRun();
      ids.add(id);
    }

    private void endRun() {
      ids.add(tokenizer.encode(run.toString()));
      run.setLength(0);
    }

    private EncodedPrompt end() {
      endRun();
      return new EncodedPrompt(ids.toArray(), prmPositions.toArray(), imageEnds.toArray());
    }
  }
}
