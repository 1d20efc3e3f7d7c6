package io.bisift.formats.storage.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.util.zip.CRC32C;

/**
 * A resumable upload: what the server has of a piece when a connection breaks need not be sent
 * again. The object appears when the channel is closed. Not thread-safe.
 */
final class GcsWriteChannel implements WritableByteChannel {
  private static final int PIECE = 8 << 20;
  static final String CONTENT_TYPE = "application/octet-stream";

  private final Storage client;
  private final String path;
  private final BlobId id;
  private final WriteChannel upload;
  private final CRC32C crc = new CRC32C();
  private boolean closed;

  GcsWriteChannel(Storage client, String path) throws IOException {
    this.client = client;
    this.path = path;
    GcsPath file = GcsPath.of(path);
    this.id = BlobId.of(file.bucket(), file.name());
    BlobInfo info = BlobInfo.newBuilder(id).setContentType(CONTENT_TYPE).build();
    // not blobWriteSession: over HTTP that never sends a piece twice
    this.upload = GcsErrors.wrap(client, path, () -> client.writer(info));
    upload.setChunkSize(PIECE);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return send(
        () -> {
          ByteBuffer sent = source.duplicate();
          int count = 0;
          while (source.hasRemaining()) {
            count += upload.write(source);
          }
          crc.update(sent.limit(sent.position() + count));
          return count;
        });
  }

  private <T> T send(GcsErrors.Request<T> request) throws IOException {
    try {
      return GcsErrors.wrap(client, path, request);
    } catch (IOException e) {
      int status = GcsErrors.status(e);
      if (status != HttpURLConnection.HTTP_NOT_FOUND && status != HttpURLConnection.HTTP_GONE) {
        throw e;
      }
      throw new LostUploadException(path, status);
    }
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /**
   * Completes the object.
   *
   * @throws IOException also if the server got other bytes than were written
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    IOException failure = null;
    try {
      send(
          () -> {
            upload.close();
            return id;
          });
    } catch (
        IOException e) { // perhaps only the answer was cut, which the client does not see through
      failure = e;
    }
    Blob written =
        GcsErrors.wrap(client, path, () -> client.get(id, BlobGetOption.fields(BlobField.CRC32C)));
    boolean same = written != null && Crc.text(crc).equals(written.getCrc32c());
    if (failure != null && !same) {
      throw failure;
    }
    if (written != null && !same) {
      client.delete(id);
      throw new FileSystemException(path, null, "other bytes arrived than were sent");
    }
  }
}
