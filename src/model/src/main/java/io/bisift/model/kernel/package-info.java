/** Arithmetic that DJL's arrays do not offer: bfloat16 and fused attention, as TorchScript. */
@NullMarked
package io.bisift.model.kernel;

import org.jspecify.annotations.NullMarked;
