/** What a run tells: the progress line, metrics as JSON lines, TensorBoard events, the curve. */
@NullMarked
package io.bisift.trainer.log;

import org.jspecify.annotations.NullMarked;
