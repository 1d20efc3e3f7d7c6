/**
 * Tensors in files, in the safetensors format of Hugging Face: read one by one, written in the same
 * layout.
 */
@NullMarked
package io.bisift.model.safetensors;

import org.jspecify.annotations.NullMarked;
