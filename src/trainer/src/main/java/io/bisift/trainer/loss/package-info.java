/** What training makes small, at the {@code <prm>} positions. */
@NullMarked
package io.bisift.trainer.loss;

import org.jspecify.annotations.NullMarked;
