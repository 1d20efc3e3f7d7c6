/** What a run leaves to be taken up from: weights, optimizer, place in the data. */
@NullMarked
package io.bisift.trainer.checkpoint;

import org.jspecify.annotations.NullMarked;
