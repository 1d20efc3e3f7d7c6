/** Training the reward model: shards in, checkpoints out. */
@NullMarked
package io.bisift.trainer;

import org.jspecify.annotations.NullMarked;
