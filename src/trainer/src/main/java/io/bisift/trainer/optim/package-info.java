/** How parameters change: AdamW, its schedule, what decays, clipping. */
@NullMarked
package io.bisift.trainer.optim;

import org.jspecify.annotations.NullMarked;
