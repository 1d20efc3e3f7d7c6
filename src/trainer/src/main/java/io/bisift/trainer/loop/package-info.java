/** The training loop: updates, evaluations, checkpoints, and what is told of them. */
@NullMarked
package io.bisift.trainer.loop;

import org.jspecify.annotations.NullMarked;
