/** Transforms for pipelines that bring their own rollouts. */
@NullMarked
package io.bisift.beam.record;

import org.jspecify.annotations.NullMarked;
