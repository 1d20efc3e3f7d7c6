/** New checkpoints with random weights, in the layout of Hugging Face, to try things out with. */
@NullMarked
package io.bisift.model.init;

import org.jspecify.annotations.NullMarked;
