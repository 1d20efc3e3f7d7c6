/** Training sets: shards checked while they are looked through, records read where they lie. */
@NullMarked
package io.bisift.trainer.data;

import org.jspecify.annotations.NullMarked;
