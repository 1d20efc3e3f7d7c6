/** What the trainer's image needs beyond the trainer. */
@NullMarked
package io.bisift.runners.trainer;

import org.jspecify.annotations.NullMarked;
