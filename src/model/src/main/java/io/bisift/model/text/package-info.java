/**
 * Text to token ids: the tokenizer of a Hugging Face folder with the tokens that the reward model
 * adds, and the chat prompts that question and steps stand in. Pictures are placeholders here.
 */
@NullMarked
package io.bisift.model.text;

import org.jspecify.annotations.NullMarked;
