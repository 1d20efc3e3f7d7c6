package io.bisift.trainer.feed;

/** What each update of a run is made of. Used by one thread. */
public interface Course extends AutoCloseable {
  /** An update's records. */
  final class Batch {
    private final SampleLoader loader;
    private final int[] records;

    /**
     * @param loader that loads them
     * @param records their numbers in its set; not copied
     */
    Batch(SampleLoader loader, int[] records) {
      this.loader = loader;
      this.records = records;
    }

    SampleLoader loader() {
      return loader;
    }

    int size() {
      return records.length;
    }

    /** The number of one of them. */
    int record(int at) {
      return records[at];
    }
  }

  /**
   * The records of an update; asked for each once, in order, some before those of the updates
   * before are loaded.
   */
  Batch batch(long update);

  /** Says that the records of all updates before this one are loaded. */
  void reached(long update);

  @Override
  void close();
}
