package io.bisift.beam.stream;

import io.bisift.formats.log.LogCommitter;
import java.io.Serializable;
import java.util.List;

/** The log shards of a source, asked where it is committed. */
public interface ExpectedShards extends LogCommitter.Expected, Serializable {
  /** Only what there has been a record of. */
  ExpectedShards NONE = List::of;
}
