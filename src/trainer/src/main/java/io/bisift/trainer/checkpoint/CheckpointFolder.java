package io.bisift.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The checkpoints of a run, a folder for each. One appears under its name only when it is whole and
 * on the disk, and loses its name before anything of it is removed, so a run that is killed leaves
 * none that is half written or half removed.
 */
public final class CheckpointFolder {
  private static final Pattern NAME = Pattern.compile("update-\\d{8,}");
  private static final String STATE = "state.json";
  private static final String PARTIAL = ".partial";
  private static final String REMOVED = ".removed";

  private final Path folder;

  public CheckpointFolder(Path folder) {
    this.folder = folder;
  }

  /** Fills a new checkpoint. */
  @FunctionalInterface
  public interface Content {
    void write(Path folder) throws IOException;
  }

  /**
   * Writes a checkpoint; one of the same update is replaced.
   *
   * @throws UserException if it cannot be written, for want of space for example; those that are
   *     there stay as they are
   */
  public Path save(RunState state, Content content) {
    Path partial = folder.resolve(PARTIAL);
    Path target = folder.resolve(name(state.update()));
    try {
      deleteTree(partial);
      Files.createDirectories(partial);
      content.write(partial);
      Path file = partial.resolve(STATE);
      Files.writeString(file, Json.pretty(state.withFiles(sums(partial))));
      force(file);
      force(partial);
      remove(target);
      Files.move(partial, target);
      force(folder);
      return target;
    } catch (IOException | UserException e) {
      try {
        deleteTree(partial);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw UserException.failure(
          "the checkpoint of update "
              + state.update()
              + " cannot be written to "
              + folder
              + " ("
              + e.getMessage()
              + "); the earlier ones are whole, and the same command goes on from the last",
          e);
    }
  }

  private static String name(long update) {
    return String.format(Locale.ROOT, "update-%08d", update);
  }

  /** All that are whole, the oldest first. */
  public List<Path> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> NAME.matcher(child.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong(CheckpointFolder::update))
          .toList();
    } catch (IOException e) {
      throw UserException.failure("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static long update(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    return Long.parseLong(name.substring(name.indexOf('-') + 1));
  }

  /** The last one, if there is one. */
  public Optional<Path> last() {
    List<Path> all = list();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** The one with the lowest score; the earlier of equals. */
  public Optional<Path> best() {
    Path best = null;
    double lowest = Double.POSITIVE_INFINITY;
    for (Path checkpoint : list()) {
      Double score = state(checkpoint).score();
      if (score != null && score < lowest) {
        lowest = score;
        best = checkpoint;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Removes all but the last so many, and the best. */
  public void prune(int keep) {
    List<Path> all = list();
    if (all.size() <= keep) {
      return;
    }
    Optional<Path> best = best();
    for (Path checkpoint : all.subList(0, all.size() - keep)) {
      if (!best.equals(Optional.of(checkpoint))) {
        try {
          remove(checkpoint);
        } catch (IOException e) {
          throw UserException.failure("cannot remove " + checkpoint + ": " + e.getMessage(), e);
        }
      }
    }
  }

  /**
   * What a checkpoint says of itself.
   *
   * @throws UserException if there is none, or its files are not those that were written
   */
  public static RunState open(Path checkpoint) {
    RunState state = state(checkpoint);
    try {
      Map<String, String> now = sums(checkpoint);
      for (Map.Entry<String, String> file : state.files().entrySet()) {
        String sum = now.get(file.getKey());
        if (!file.getValue().equals(sum)) {
          throw UserException.failure(
              checkpoint.resolve(file.getKey())
                  + (sum == null ? " is missing" : " is damaged or cut off")
                  + ": remove "
                  + checkpoint
                  + " to go on from the checkpoint before it");
        }
      }
    } catch (IOException e) {
      throw UserException.failure("cannot read " + checkpoint + ": " + e.getMessage(), e);
    }
    return state;
  }

  private static RunState state(Path checkpoint) {
    Path file = checkpoint.resolve(STATE);
    try {
      RunState state = Json.parse(Files.readString(file), RunState.class);
      if (!RunState.FORMAT.equals(state.format())) {
        throw UserException.failure(
            file + " is of format " + state.format() + ", not " + RunState.FORMAT);
      }
      return state;
    } catch (JsonProcessingException e) {
      throw UserException.failure(
          file
              + " is damaged or cut off: remove "
              + checkpoint
              + " to go on from the checkpoint before it",
          e);
    } catch (NoSuchFileException e) {
      throw UserException.failure(checkpoint + " is no checkpoint: it has no " + STATE, e);
    } catch (IOException e) {
      throw UserException.failure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** CRC32C of every file but the state, by name. */
  private static Map<String, String> sums(Path checkpoint) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> below = Files.walk(checkpoint)) {
      files = below.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = checkpoint.relativize(file).toString().replace('\\', '/');
      if (!name.equals(STATE)) {
        CRC32C crc = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
          in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        sums.put(name, String.format(Locale.ROOT, "%08x", crc.getValue()));
      }
    }
    return sums;
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void remove(Path checkpoint) throws IOException {
    Path removed = folder.resolve(REMOVED);
    deleteTree(removed); // a killed run may have left one
    if (Files.exists(checkpoint)) {
      Files.move(checkpoint, removed);
      deleteTree(removed);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> below;
    try (Stream<Path> walk = Files.walk(root)) {
      below = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : below) {
      Files.delete(path);
    }
  }
}
