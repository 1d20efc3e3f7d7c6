/** {@code evaluate}: how well a checkpoint, or ready scores, tell right steps from wrong ones. */
@NullMarked
package io.bisift.pipelines.evaluate;

import org.jspecify.annotations.NullMarked;
