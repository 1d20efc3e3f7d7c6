package io.bisift.trainer.data;

import java.io.IOException;
import java.io.InputStream;

/** How records lie in a data file. Reading another kind of shard takes another class of this. */
interface ShardFormat {
  /** Whether a shard is of this kind, by its name without what compression adds to it. */
  boolean accepts(String name);

  /**
   * Passes once through a shard and says where each record lies.
   *
   * @param shard its uncompressed bytes
   */
  void scan(InputStream shard, Places places) throws IOException;

  /**
   * The record in the bytes of a place.
   *
   * @throws BadRecordException if there is none that can be trained on
   */
  ShardRecord parse(byte[] bytes) throws BadRecordException;

  /** Takes the places of records. */
  interface Places {
    /**
     * @param offset in the uncompressed shard
     * @param buffer holds the record's bytes in {@code [from, from + length)} during the call
     */
    void add(long offset, byte[] buffer, int from, int length);
  }
}
