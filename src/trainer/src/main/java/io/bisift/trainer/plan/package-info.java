/**
 * Where a model's layers go and what that takes of each device's memory, before anything is made.
 */
@NullMarked
package io.bisift.trainer.plan;

import org.jspecify.annotations.NullMarked;
