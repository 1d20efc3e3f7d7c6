package io.bisift.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.feed.VersionRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of a run, held by one process at a time.
 *
 * <pre>
 *   run.json        what the run is: settings, and what must be the same when it is taken up again
 *   checkpoints/    update-00000100/ …
 *   versions.jsonl  of a growing set: the versions that were trained on
 *   metrics.jsonl, tensorboard/, loss.svg, rejected.jsonl
 *   model/          the trained model; there only when the run is complete
 * </pre>
 */
final class RunFolder implements AutoCloseable {
  private static final String RUN = "run.json";
  private static final String PARTIAL = "run.json.partial";
  private static final String LOCK = ".lock";
  private static final String CACHE = "cache";

  /** What a run that was killed at once may leave. */
  private static final Set<String> OURS = Set.of(LOCK, CACHE, PARTIAL);

  private final Path folder;
  private final FileChannel lockFile;

  private RunFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * What a run is.
   *
   * @param identity what must not change from one start to the next
   * @param settings all options, as the first start had them
   */
  record Description(String format, Map<String, String> identity, Map<String, String> settings) {
    private static final String FORMAT = "bisift-training/1";

    public Description {
      identity = new TreeMap<>(identity);
      settings = new TreeMap<>(settings);
    }

    static Description of(Map<String, String> identity, Map<String, String> settings) {
      return new Description(FORMAT, identity, settings);
    }

    /** Reads that of a run's folder. */
    static Description read(Path folder) {
      Path file = folder.resolve(RUN);
      try {
        Description description = Json.parse(Files.readString(file), Description.class);
        if (!FORMAT.equals(description.format)) {
          throw UserException.failure(file + " is not of a training run");
        }
        return description;
      } catch (JsonProcessingException e) {
        throw UserException.failure(file + " is damaged: " + e.getOriginalMessage(), e);
      } catch (IOException e) {
        throw UserException.failure(folder + " is no folder of a training run: no " + RUN, e);
      }
    }
  }

  /**
   * Takes hold of a folder: a new or empty one, or that of a run.
   *
   * @throws UserException if it is something else, or another process works in it
   */
  static RunFolder open(Path folder) {
    try {
      if (Files.exists(folder) && !Files.exists(folder.resolve(RUN)) && !isEmpty(folder)) {
        throw UserException.usage(
            folder + " has files that are not of a training run; give a new or empty --output");
      }
      Files.createDirectories(folder);
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        lock(folder, lockFile);
      } catch (IOException | RuntimeException e) {
        lockFile.close();
        throw e;
      }
      return new RunFolder(folder, lockFile);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /**
   * Says what the run is, if that is not said yet.
   *
   * @throws UserException if the folder is that of another run
   */
  void describe(Description description) {
    try {
      if (Files.exists(folder.resolve(RUN))) {
        compare(folder, Description.read(folder).identity, description.identity);
        return;
      }
      Path partial = folder.resolve(PARTIAL);
      Files.writeString(partial, Json.pretty(description));
      Files.move(partial, folder.resolve(RUN), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static UserException failure(Path folder, IOException e) {
    return UserException.failure("cannot write to " + folder + ": " + e.getMessage(), e);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> OURS.contains(file.getFileName().toString()));
    }
  }

  private static void lock(Path folder, FileChannel lockFile) throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw UserException.failure("another process is training in " + folder);
    }
  }

  private static void compare(Path folder, Map<String, String> was, Map<String, String> is) {
    for (Map.Entry<String, String> entry : is.entrySet()) {
      String before = was.get(entry.getKey());
      if (!entry.getValue().equals(before)) {
        throw UserException.usage(
            "the run in "
                + folder
                + " was begun with "
                + entry.getKey()
                + " "
                + before
                + ", now it is "
                + entry.getValue()
                + ": give the same again to go on, or another --output");
      }
    }
  }

  CheckpointFolder checkpoints() {
    return new CheckpointFolder(folder.resolve("checkpoints"));
  }

  Path rejected() {
    return folder.resolve("rejected.jsonl");
  }

  Path versions() {
    return folder.resolve(VersionRecord.NAME);
  }

  /** For copies of shards, while the run lasts. */
  Path cache() {
    return folder.resolve(CACHE);
  }

  Path model() {
    return folder.resolve("model");
  }

  Path path() {
    return folder;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }
}
