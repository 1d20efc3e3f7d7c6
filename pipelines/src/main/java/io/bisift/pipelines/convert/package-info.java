/** {@code convert}: all rollouts become a training set. */
@NullMarked
package io.bisift.pipelines.convert;

import org.jspecify.annotations.NullMarked;
