/** Which records go into which file: ranges, ranks, shards and what a run adds up to. */
@NullMarked
package io.bisift.core.plan;

import org.jspecify.annotations.NullMarked;
