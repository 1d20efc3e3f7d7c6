/** The reward network in training: over one or several devices, whole or by low-rank additions. */
@NullMarked
package io.bisift.trainer.trainee;

import org.jspecify.annotations.NullMarked;
