package io.bisift.formats.storage.gcs;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.CopyRequest;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Google Cloud Storage. An object appears when it is whole; requests that fail for a reason that
 * passes (429, 5xx, a cut connection) are sent again, with growing pauses; what was written and
 * what was read from beginning to end is held against the object's CRC32C.
 */
public final class GcsStorage implements Storage {
  private final com.google.cloud.storage.Storage client;

  public GcsStorage(com.google.cloud.storage.Storage client) {
    this.client = client;
  }

  @Override
  public boolean isFolder(String path) throws IOException {
    GcsPath folder = GcsPath.of(path);
    return GcsErrors.wrap(
        client,
        path,
        () ->
            client
                .list(
                    folder.bucket(),
                    BlobListOption.prefix(folder.prefix()),
                    BlobListOption.pageSize(1),
                    BlobListOption.fields(BlobField.NAME))
                .getValues()
                .iterator()
                .hasNext());
  }

  @Override
  public boolean isFile(String path) throws IOException {
    return find(path) != null;
  }

  private @Nullable Blob find(String path) throws IOException {
    GcsPath file = GcsPath.of(path);
    if (file.name().isEmpty()) {
      return null;
    }
    return GcsErrors.wrap(
        client,
        path,
        () ->
            client.get(
                BlobId.of(file.bucket(), file.name()),
                BlobGetOption.fields(
                    BlobField.NAME, BlobField.SIZE, BlobField.GENERATION, BlobField.CRC32C)));
  }

  @Override
  public List<StoredFile> list(String folder) throws IOException {
    return list(GcsPath.of(folder), BlobListOption.currentDirectory());
  }

  @Override
  public List<StoredFile> listAll(String folder) throws IOException {
    return list(GcsPath.of(folder));
  }

  private List<StoredFile> list(GcsPath folder, BlobListOption... more) throws IOException {
    return listPrefix(folder, folder.prefix(), more);
  }

  private List<StoredFile> listPrefix(GcsPath at, String prefix, BlobListOption... more)
      throws IOException {
    List<BlobListOption> options = new ArrayList<>(List.of(more));
    options.add(BlobListOption.prefix(prefix));
    options.add(BlobListOption.fields(BlobField.NAME, BlobField.SIZE));
    List<StoredFile> files = new ArrayList<>();
    return GcsErrors.wrap(
        client,
        at.toString(),
        () -> {
          for (Blob blob :
              client.list(at.bucket(), options.toArray(BlobListOption[]::new)).iterateAll()) {
            if (!blob.isDirectory() && !blob.getName().endsWith("/")) { // no markers of folders
              files.add(new StoredFile(at.sibling(blob.getName()), blob.getSize()));
            }
          }
          return files;
        });
  }

  @Override
  public Optional<Set<String>> names(String folder, int most) throws IOException {
    GcsPath at = GcsPath.of(folder);
    int prefix = at.prefix().length();
    Set<String> names = new HashSet<>();
    return GcsErrors.wrap(
        client,
        folder,
        () -> {
          for (Blob blob :
              client
                  .list(
                      at.bucket(),
                      BlobListOption.currentDirectory(),
                      BlobListOption.prefix(at.prefix()),
                      BlobListOption.fields(BlobField.NAME))
                  .iterateAll()) {
            if (!blob.getName().endsWith("/")) {
              names.add(blob.getName().substring(prefix));
            }
            if (names.size() > most) {
              return Optional.empty();
            }
          }
          return Optional.of(names);
        });
  }

  /** Wildcards count everywhere but in the bucket's name; {@code **} goes over folders. */
  @Override
  public List<StoredFile> match(String glob) throws IOException {
    Blob exact = find(glob);
    if (exact != null) {
      return List.of(new StoredFile(glob, exact.getSize()));
    }
    GcsPath path = GcsPath.of(glob);
    Optional<GcsGlob> pattern = GcsGlob.of(path.name());
    if (pattern.isEmpty()) {
      return List.of();
    }
    return listPrefix(path, pattern.get().prefix()).stream()
        .filter(file -> pattern.get().matches(GcsPath.of(file.path()).name()))
        .toList();
  }

  @Override
  public SeekableByteChannel open(String path) throws IOException {
    Blob blob = find(path);
    if (blob == null) {
      throw new NoSuchFileException(path);
    }
    return new GcsReadChannel(client, path, blob);
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    return new GcsWriteChannel(client, path);
  }

  /** A copy within Google Cloud Storage, which shows up whole, and the end of the old object. */
  @Override
  public void move(String from, String to) throws IOException {
    GcsPath source = GcsPath.of(from);
    GcsPath target = GcsPath.of(to);
    CopyRequest request =
        CopyRequest.newBuilder()
            .setSource(source.bucket(), source.name())
            .setTarget(BlobId.of(target.bucket(), target.name()))
            .build();
    GcsErrors.wrap(client, from, () -> client.copy(request).getResult());
    delete(from);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    try {
      paths.parallelStream() // one request each
          .forEach(
              path -> {
                try {
                  delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean delete(String path) throws IOException {
    GcsPath file = GcsPath.of(path);
    return GcsErrors.wrap(client, path, () -> client.delete(BlobId.of(file.bucket(), file.name())));
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    delete(listAll(folder).stream().map(StoredFile::path).toList());
  }

  @Override
  public Optional<Versions> versions(String path) {
    return Optional.of(new GcsVersions(client));
  }
}
