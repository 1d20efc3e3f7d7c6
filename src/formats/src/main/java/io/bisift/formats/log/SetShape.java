package io.bisift.formats.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bisift.formats.compress.Compression;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the data files of a set are like.
 *
 * @param shards how many, or null: as many as the shard size asks for
 * @param shardSize input bytes of the records of a shard, where their number is not given
 */
public record SetShape(
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer shards,
    long shardSize,
    Compression compression)
    implements Serializable {}
