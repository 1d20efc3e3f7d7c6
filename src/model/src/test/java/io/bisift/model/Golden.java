package io.bisift.model;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** The reference's numbers, among the test resources. */
public final class Golden {
  private Golden() {}

  /** A file or folder below {@code golden}. */
  public static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Golden.class.getResource("/golden/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
