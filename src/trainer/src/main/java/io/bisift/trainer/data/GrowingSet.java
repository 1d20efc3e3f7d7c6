package io.bisift.trainer.data;

import io.bisift.core.Digests;
import io.bisift.core.UserException;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.output.Json;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A set that {@code bisift stream} makes grow: numbered versions, each a training set. */
public final class GrowingSet {
  private final String folder;
  private final StreamFolder stream;
  private final StreamParameters parameters;
  private final Path cache;

  private GrowingSet(String folder, StreamFolder stream, StreamParameters parameters, Path cache) {
    this.folder = folder;
    this.stream = stream;
    this.parameters = parameters;
    this.cache = cache;
  }

  /**
   * Opens one, if the folder is that of one.
   *
   * @param cache where the records of a version are copied to while it is open; what another
   *     process left there is removed
   */
  public static Optional<GrowingSet> find(Storage storage, String folder, Path cache) {
    StreamFolder stream = new StreamFolder(storage, folder);
    Optional<StreamParameters> parameters = parameters(stream, folder);
    if (parameters.isPresent()) {
      VersionCopy.removeLeft(cache);
    }
    return parameters.map(told -> new GrowingSet(folder, stream, told, cache));
  }

  /** Whether a folder is that of a growing set. */
  static boolean isAt(Storage storage, String folder) {
    return parameters(new StreamFolder(storage, folder), folder).isPresent();
  }

  private static Optional<StreamParameters> parameters(StreamFolder stream, String folder) {
    try {
      return stream.parameters();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** Tells this stream from others that were told otherwise. */
  public String fingerprint() {
    return Digests.sha256(Json.pretty(parameters).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The number of the newest version.
   *
   * @throws UserException if there is none yet
   */
  public long newest() {
    long newest;
    try {
      newest = stream.latestVersion();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    if (newest == 0) {
      throw UserException.failure(
          folder + " has no version yet; start when bisift stream has published one");
    }
    return newest;
  }

  /**
   * Checks that a version is there.
   *
   * @throws UserException if not
   */
  public void require(long version) {
    long newest = newest();
    if (version > newest) {
      throw UserException.usage(
          folder + " has no version " + version + " yet; the newest is " + newest);
    }
  }

  /** SHA-256 of a version's manifest, which names the sums of all files. */
  public String sha256(long version) {
    try {
      return Digests.sha256(stream.manifestBytes(version));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /**
   * Opens a version: passes once over the log. Its records are numbered as those of the plain set
   * that {@code bisift compact} makes of it.
   *
   * @throws UserException if it is not there, is damaged, or keeps no record
   */
  public TrainingSet open(long version) {
    String fingerprint = sha256(version);
    try {
      return VersionCopy.of(stream, folder, version, fingerprint, cache);
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  @Override
  public String toString() {
    return folder;
  }

  private static UserException unreadable(String folder, IOException e) {
    return UserException.failure("cannot read " + folder + ": " + e.getMessage(), e);
  }
}
