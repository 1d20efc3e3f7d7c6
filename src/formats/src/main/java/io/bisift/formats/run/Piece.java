package io.bisift.formats.run;

import io.bisift.core.plan.ShardTask;
import io.bisift.formats.shard.RecordBlock;

/**
 * Records of one shard that are ready to be written.
 *
 * @param set index of the set among those that are written together
 * @param shard index of the shard among those of its kind
 */
record Piece(int set, ShardTask.Kind kind, int shard, RecordBlock block) {}
