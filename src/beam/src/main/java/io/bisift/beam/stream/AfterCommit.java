package io.bisift.beam.stream;

import io.bisift.formats.log.StreamFolder;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What is to be done when additions are committed, by a version that is there. It may be done more
 * than once.
 *
 * @param <T> what was added
 */
@FunctionalInterface
public interface AfterCommit<T> extends Serializable {
  /** Is told of additions that are committed, now or before. */
  void committed(List<T> additions, StreamFolder folder, PipelineOptions options)
      throws IOException;

  /** Is told that a committer begins, which may find what another one has left undone. */
  default void begin(StreamFolder folder, PipelineOptions options) throws IOException {}

  /** Nothing. */
  static <T> AfterCommit<T> nothing() {
    return (additions, folder, options) -> {};
  }
}
