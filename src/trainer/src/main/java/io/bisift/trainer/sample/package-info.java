/** A corpus that a small model learns in a minute: sums of two numbers in a picture. */
@NullMarked
package io.bisift.trainer.sample;

import org.jspecify.annotations.NullMarked;
