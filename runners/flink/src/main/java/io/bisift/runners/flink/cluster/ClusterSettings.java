package io.bisift.runners.flink.cluster;

import io.bisift.core.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is laid out.
 *
 * @param workers TaskManager processes
 * @param slots of each worker: pieces that it works on at once
 * @param port of the REST interface; 0 stands for any free one
 * @param workerMegabytes heap of each worker for the work itself
 * @param lib a jar, or a folder of jars, that all processes find beside Flink's own; or null
 */
public record ClusterSettings(
    int workers, int slots, int port, int workerMegabytes, @Nullable String lib) {
  /** Two workers share the machine's cores. */
  public static final ClusterSettings DEFAULT =
      new ClusterSettings(
          2, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 0, 1024, null);

  public ClusterSettings {
    require("--workers", workers, 1, 64);
    require("--slots", slots, 1, 64);
    require("--port", port, 0, 65535);
    require("--worker-memory", workerMegabytes, 64, 1 << 20);
    if (lib != null && !Files.exists(Path.of(lib))) {
      throw UserException.usage("--lib: there is no " + lib);
    }
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw UserException.usage(
          option + " must be from " + least + " to " + most + ", was " + value);
    }
  }
}
