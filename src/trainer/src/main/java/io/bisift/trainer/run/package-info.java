/** A whole run: its folder, what identifies it, and the parts put together. */
@NullMarked
package io.bisift.trainer.run;

import org.jspecify.annotations.NullMarked;
