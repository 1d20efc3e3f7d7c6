/** What a rollout's step scores are worth: the Balanced-Information Score and its parts. */
@NullMarked
package io.bisift.core.score;

import org.jspecify.annotations.NullMarked;
