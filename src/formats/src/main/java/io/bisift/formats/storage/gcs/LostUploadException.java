package io.bisift.formats.storage.gcs;

import java.nio.file.FileSystemException;

/** An upload that cannot be gone on with; what was sent of it is gone. */
public final class LostUploadException extends FileSystemException {
  /**
   * @param status that the server answered
   */
  public LostUploadException(String path, int status) {
    super(
        path,
        null,
        "Google Cloud Storage has lost the upload half-way (" + status + "); run again");
  }
}
