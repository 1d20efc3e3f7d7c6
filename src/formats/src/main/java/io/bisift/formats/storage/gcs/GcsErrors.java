package io.bisift.formats.storage.gcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import io.bisift.core.UserException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** What Google's client throws, in the terms of the JDK or, where a user can mend it, in words. */
final class GcsErrors {
  private GcsErrors() {}

  /** A request. */
  interface Request<T> {
    T send() throws IOException;
  }

  /** Sends a request; what fails names the path. */
  static <T> T wrap(Storage client, String path, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (BaseServiceException e) {
      throw translate(client, path, e);
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException cause) {
        throw translate(client, path, cause);
      }
      throw e;
    }
  }

  private static IOException translate(Storage client, String path, BaseServiceException e) {
    String reason = reason(e);
    switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN -> {
        boolean anonymous = client.getOptions().getCredentials() instanceof NoCredentials;
        throw UserException.failure(
            "permission denied: "
                + path
                + " ("
                + reason
                + ")"
                + (anonymous
                    ? "; no Google credentials were found: gcloud auth application-default login, or"
                        + " GOOGLE_APPLICATION_CREDENTIALS, gives them"
                    : ""),
            e);
      }
      case HttpURLConnection.HTTP_NOT_FOUND -> {
        if (reason.toLowerCase(Locale.ROOT).contains("bucket does not exist")) {
          throw UserException.usage("there is no bucket gs://" + GcsPath.of(path).bucket());
        }
        return initCause(new NoSuchFileException(path), e);
      }
      default -> {
        return initCause(new FileSystemException(path, null, "Google Cloud Storage: " + reason), e);
      }
    }
  }

  /** The status that a request was answered with; 0 where there was no answer. */
  static int status(IOException e) {
    return e.getCause() instanceof BaseServiceException cause ? cause.getCode() : 0;
  }

  private static IOException initCause(IOException error, Exception cause) {
    error.initCause(cause);
    return error;
  }

  /** The first line, with the status where that does not begin with it. */
  private static String reason(BaseServiceException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    String code = Integer.toString(e.getCode());
    return e.getCode() == 0 || line.startsWith(code) ? line : code + " " + line;
  }
}
