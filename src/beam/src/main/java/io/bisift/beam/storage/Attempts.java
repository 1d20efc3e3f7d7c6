package io.bisift.beam.storage;

import io.bisift.formats.storage.Storages;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends requests again that failed for a reason that passes and that Beam's file system gave up on:
 * it tries again itself after 429 and 5xx, but not where an answer was cut. Only for requests that
 * may be carried out twice.
 */
final class Attempts {
  private static final int MOST = 4;

  private Attempts() {}

  /** A request; may be sent more than once. */
  interface Request<T> {
    /**
     * Sends it.
     *
     * @param attempt from 0
     */
    T send(int attempt) throws IOException;
  }

  /** Whether it is known which failures pass. */
  static boolean mayRepeat(String path) {
    return support(path).isPresent();
  }

  private static Optional<FileSystemSupport> support(String path) {
    return Storages.scheme(path).flatMap(FileSystemSupport::of);
  }

  /** What failed in the middle of an upload, in the terms of the JDK. */
  static IOException ofUpload(String path, IOException failure) {
    return support(path).map(support -> support.translateUpload(path, failure)).orElse(failure);
  }

  static <T> T of(String path, Request<T> request) throws IOException {
    Optional<FileSystemSupport> support = support(path);
    for (int attempt = 0; ; attempt++) {
      try {
        return request.send(attempt);
      } catch (IOException e) {
        if (support.isEmpty()) {
          throw e;
        }
        if (attempt + 1 == MOST || !support.get().mayPass(e)) {
          throw support.get().translate(path, e);
        }
        Patience.sleep(Patience.pause(attempt + 1));
      }
    }
  }
}
