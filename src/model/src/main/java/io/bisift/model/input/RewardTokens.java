package io.bisift.model.input;

/**
 * Ids of the tokens that mean something to the network.
 *
 * @param imageContext {@code <IMG_CONTEXT>}: stands where a vector of a tile goes
 * @param step {@code <prm>}: ends a step; the logits there are the step's
 * @param yes the step is right
 * @param no the step is wrong
 */
public record RewardTokens(int imageContext, int step, int yes, int no) {}
