/** Shards and their index: written whole or not at all. */
@NullMarked
package io.bisift.formats.shard;

import org.jspecify.annotations.NullMarked;
