/** {@code select}: the most informative rollouts of each source become a training set. */
@NullMarked
package io.bisift.pipelines.select;

import org.jspecify.annotations.NullMarked;
