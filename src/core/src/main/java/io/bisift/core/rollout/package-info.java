/** Rollouts with Monte Carlo scores and their codec, from one line of an annotation file. */
@NullMarked
package io.bisift.core.rollout;

import org.jspecify.annotations.NullMarked;
