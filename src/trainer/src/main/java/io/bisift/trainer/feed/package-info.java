/** Records on their way to the model: ordered, read ahead, encoded, cut into micro-batches. */
@NullMarked
package io.bisift.trainer.feed;

import org.jspecify.annotations.NullMarked;
