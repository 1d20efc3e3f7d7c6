package io.bisift.formats.storage.gcs;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions are generations of objects. */
public final class GcsVersions implements Versions {
  /** Custom metadata by which a write knows its own object again. */
  private static final String WRITE = "bisift-write";

  private final Storage client;

  public GcsVersions(Storage client) {
    this.client = client;
  }

  @Override
  public long version(String path) throws IOException {
    Blob blob = find(path);
    return blob == null ? ABSENT : blob.getGeneration();
  }

  @Override
  public OptionalInt crc32c(String path) throws IOException {
    Blob blob = find(path);
    return blob == null || blob.getCrc32c() == null
        ? OptionalInt.empty()
        : OptionalInt.of(Crc.value(blob.getCrc32c()));
  }

  private @Nullable Blob find(String path) throws IOException {
    BlobGetOption fields =
        BlobGetOption.fields(BlobField.GENERATION, BlobField.METADATA, BlobField.CRC32C);
    return GcsErrors.wrap(client, path, () -> client.get(id(path), fields));
  }

  private static BlobId id(String path) {
    GcsPath file = GcsPath.of(path);
    return BlobId.of(file.bucket(), file.name());
  }

  @Override
  public long write(String path, byte[] content, long expected) throws IOException {
    return conditionally(
        path,
        "application/json",
        info -> client.create(info, content, BlobTargetOption.generationMatch(expected)));
  }

  @Override
  public long move(String from, String to, long expected) throws IOException {
    BlobTargetOption condition = BlobTargetOption.generationMatch(expected);
    long made =
        conditionally(
            to,
            GcsWriteChannel.CONTENT_TYPE,
            info ->
                GcsErrors.wrap(
                    client,
                    from,
                    () ->
                        client
                            .copy(
                                CopyRequest.newBuilder()
                                    .setSource(id(from))
                                    .setTarget(info, condition)
                                    .build())
                            .getResult()));
    GcsErrors.wrap(client, from, () -> client.delete(id(from)));
    return made;
  }

  /** A request that makes an object if a condition holds. */
  private interface Making {
    Blob make(BlobInfo info) throws IOException;
  }

  private long conditionally(String path, String contentType, Making making) throws IOException {
    String token = UUID.randomUUID().toString();
    BlobInfo info =
        BlobInfo.newBuilder(id(path))
            .setContentType(contentType)
            .setMetadata(Map.of(WRITE, token))
            .build();
    try {
      return GcsErrors.wrap(client, path, () -> making.make(info)).getGeneration();
    } catch (IOException e) {
      if (!isRefused(e)) {
        throw e;
      }
      Blob found = find(path);
      if (found != null
          && found.getMetadata() != null
          && token.equals(found.getMetadata().get(WRITE))) {
        return found.getGeneration(); // the answer to the first attempt was lost
      }
      throw new ChangedException(path);
    }
  }

  private static boolean isRefused(IOException e) {
    return GcsErrors.status(e) == HttpURLConnection.HTTP_PRECON_FAILED;
  }

  @Override
  public void delete(String path, long expected) throws IOException {
    try {
      BlobSourceOption condition = BlobSourceOption.generationMatch(expected);
      GcsErrors.wrap(client, path, () -> client.delete(id(path), condition));
    } catch (IOException e) {
      if (!isRefused(e)) {
        throw e;
      }
    }
  }
}
