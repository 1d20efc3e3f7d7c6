package io.bisift.beam.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import io.bisift.beam.storage.FileSystemSupport;
import io.bisift.core.UserException;
import io.bisift.formats.storage.Versions;
import io.bisift.formats.storage.gcs.GcsClient;
import io.bisift.formats.storage.gcs.GcsVersions;
import io.bisift.formats.storage.gcs.LostUploadException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Generation matches by Google's client, with the credentials and the endpoint that the pipeline's
 * options name; and what the failures of Beam's file system mean.
 */
public final class GcsSupport implements FileSystemSupport {
  private static final int TOO_MANY_REQUESTS = 429;

  /** That end an upload; Beam gives one up whose piece is answered so. */
  private static final Set<Integer> LOST =
      Set.of(
          HttpURLConnection.HTTP_NOT_FOUND,
          HttpURLConnection.HTTP_CLIENT_TIMEOUT,
          HttpURLConnection.HTTP_GONE);

  /** By the id of the options; a client is not made in no time. */
  private final Map<Long, Versions> open = new ConcurrentHashMap<>();

  @Override
  public String scheme() {
    return "gs";
  }

  @Override
  public Versions versions(PipelineOptions options) {
    return open.computeIfAbsent(options.getOptionsId(), id -> open(options));
  }

  private static Versions open(PipelineOptions options) {
    Credentials credentials = options.as(GcpOptions.class).getGcpCredential();
    return new GcsVersions(
        GcsClient.of(
            host(options.as(GcsOptions.class).getGcsEndpoint()),
            credentials == null ? NoCredentials.getInstance() : credentials,
            /* project= */ null));
  }

  /** Beam's option names the path of the API, too. */
  static @Nullable String host(@Nullable String endpoint) {
    if (endpoint == null) {
      return null;
    }
    URI uri = URI.create(endpoint);
    if (uri.getScheme() == null || uri.getAuthority() == null) {
      throw UserException.usage(
          "--gcs-endpoint should be like http://localhost:4443/storage/v1/, was " + endpoint);
    }
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  @Override
  public boolean mayPass(IOException failure) {
    HttpResponseException answer = find(failure, HttpResponseException.class);
    if (answer == null) { // no answer, or half of one
      return find(failure, FileNotFoundException.class) == null;
    }
    int status = answer.getStatusCode();
    return status == TOO_MANY_REQUESTS
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || status >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  @Override
  public IOException translate(String path, IOException failure) {
    HttpResponseException answer = find(failure, HttpResponseException.class);
    int status = answer == null ? 0 : answer.getStatusCode();
    if (status == HttpURLConnection.HTTP_UNAUTHORIZED
        || status == HttpURLConnection.HTTP_FORBIDDEN) {
      throw UserException.failure(
          "permission denied: " + path + " (" + reason(answer) + ")", failure);
    }
    String text =
        String.valueOf(failure.getMessage()) + (answer == null ? "" : answer.getContent());
    if (text.toLowerCase(Locale.ROOT).contains("bucket does not exist")) {
      throw UserException.usage("there is no bucket " + path.replaceFirst("(gs://[^/]*).*", "$1"));
    }
    return failure;
  }

  @Override
  public IOException translateUpload(String path, IOException failure) {
    IOException translated = translate(path, failure);
    HttpResponseException answer = find(failure, HttpResponseException.class);
    return answer != null && LOST.contains(answer.getStatusCode())
        ? new LostUploadException(path, answer.getStatusCode())
        : translated;
  }

  private static String reason(HttpResponseException answer) {
    String message =
        answer instanceof GoogleJsonResponseException json && json.getDetails() != null
            ? json.getDetails().getMessage()
            : answer.getStatusMessage();
    return answer.getStatusCode() + (message == null ? "" : " " + message);
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    Throwable at = failure;
    while (at != null && !type.isInstance(at)) {
      at = at.getCause();
    }
    return type.cast(at);
  }
}
