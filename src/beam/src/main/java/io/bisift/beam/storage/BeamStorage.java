package io.bisift.beam.storage;

import io.bisift.core.UserException;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.MimeTypes;
import org.jspecify.annotations.Nullable;

/**
 * Any file system that Beam knows, by the scheme of the path. Paths without a scheme go to {@link
 * LocalStorage}, which takes file names as they are where Beam would see wildcards.
 */
public final class BeamStorage implements Storage {
  private static final String WILDCARDS = "*?[{";

  /** How Beam begins to say that it knows no such scheme. */
  private static final String NO_SUCH_SCHEME = "No filesystem found for scheme";

  private final LocalStorage local = new LocalStorage();
  private final @Nullable PipelineOptions options;

  /** For reading and writing, with the options that Beam's file systems were set up with. */
  public BeamStorage() {
    this.options = null;
  }

  /**
   * Also for conditional writes, as far as {@link FileSystemSupport}s know how.
   *
   * @param options that say how buckets are reached
   */
  public BeamStorage(PipelineOptions options) {
    this.options = options;
  }

  private static boolean isLocal(String path) {
    if (Storages.scheme(path).isEmpty()) {
      return true;
    }
    try {
      FileSystems.matchNewResource(path, /* isDirectory= */ false);
      return false;
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage());
      throw reason.startsWith(NO_SUCH_SCHEME)
          ? Storages.unknown(path)
          : UserException.usage(path + ": " + reason);
    }
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    return isLocal(path) ? local.isFolder(path) : !hasWildcard(path) && !list(path).isEmpty();
  }

  @Override
  public boolean isFile(String path) throws IOException {
    if (isLocal(path)) {
      return local.isFile(path);
    }
    if (!hasWildcard(path)) {
      return !match(path).isEmpty();
    }
    // Beam would take the name for a pattern
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return list(folder).stream().anyMatch(file -> file.path().equals(path));
  }

  private static boolean hasWildcard(String path) {
    return path.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  @Override
  public List<StoredFile> list(String folder) throws IOException {
    return isLocal(folder) ? local.list(folder) : match(Storage.resolve(folder, "*"));
  }

  @Override
  public List<StoredFile> listAll(String folder) throws IOException {
    return isLocal(folder) ? local.listAll(folder) : match(Storage.resolve(folder, "**"));
  }

  @Override
  public List<StoredFile> match(String glob) throws IOException {
    if (isLocal(glob)) {
      return local.match(glob);
    }
    return Attempts.of(
        glob,
        attempt -> {
          List<StoredFile> files = new ArrayList<>();
          for (MatchResult.Metadata found :
              FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata()) {
            if (!found.resourceId().isDirectory()) {
              files.add(new StoredFile(found.resourceId().toString(), found.sizeBytes()));
            }
          }
          return files;
        });
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    if (isLocal(path)) {
      return local.open(path);
    }
    ReadableByteChannel channel = Attempts.of(path, attempt -> FileSystems.open(resource(path)));
    return Attempts.mayRepeat(path) && channel instanceof SeekableByteChannel seekable
        ? new Download(path, seekable, () -> (SeekableByteChannel) FileSystems.open(resource(path)))
        : channel;
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    return isLocal(path)
        ? local.create(path)
        : new Upload(
            this,
            path,
            Attempts.of(path, attempt -> FileSystems.create(resource(path), MimeTypes.BINARY)));
  }

  @Override
  public void move(String from, String to) throws IOException {
    if (isLocal(from)) {
      local.move(from, to);
      return;
    }
    Attempts.of(
        from,
        attempt -> {
          if (attempt == 0) {
            FileSystems.rename(List.of(resource(from)), List.of(resource(to)));
          } else if (isFile(from)) { // else the first attempt came to its end after all
            FileSystems.copy(List.of(resource(from)), List.of(resource(to)));
            delete(List.of(from));
          } else if (!isFile(to)) {
            throw new NoSuchFileException(from);
          }
          return to;
        });
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    List<ResourceId> remote = new ArrayList<>();
    for (String path : paths) {
      if (isLocal(path)) {
        local.delete(List.of(path));
      } else {
        remote.add(resource(path));
      }
    }
    if (!remote.isEmpty()) {
      Attempts.of(
          remote.get(0).toString(),
          attempt -> {
            FileSystems.delete(remote, StandardMoveOptions.IGNORE_MISSING_FILES);
            return remote;
          });
    }
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    if (isLocal(folder)) {
      local.deleteFolder(folder);
    } else {
      delete(listAll(folder).stream().map(StoredFile::path).toList());
    }
  }

  @Override
  public boolean createNew(String path, String temporary, byte[] content) throws IOException {
    return isLocal(path)
        ? local.createNew(path, temporary, content)
        : Storage.super.createNew(path, temporary, content);
  }

  @Override
  public Optional<Set<String>> names(String folder, int most) throws IOException {
    if (isLocal(folder) || hasWildcard(folder)) {
      return Optional.empty();
    }
    Set<String> names = list(folder).stream().map(StoredFile::name).collect(Collectors.toSet());
    return names.size() > most ? Optional.empty() : Optional.of(names);
  }

  @Override
  public Optional<Versions> versions(String path) {
    PipelineOptions known = options;
    return known == null
        ? Optional.empty()
        : Storages.scheme(path)
            .flatMap(FileSystemSupport::of)
            .map(support -> support.versions(known));
  }

  private static ResourceId resource(String path) {
    return FileSystems.matchNewResource(path, false);
  }
}
