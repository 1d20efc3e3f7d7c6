package io.bisift.formats.storage.gcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Google's client, set up: who asks, where, and how long it tries again. */
public final class GcsClient {
  /**
   * Where a server other than Google's is, {@code http://localhost:4443}; it gets no credentials.
   */
  public static final String EMULATOR = "STORAGE_EMULATOR_HOST";

  private GcsClient() {}

  /**
   * The client that the environment asks for: application default credentials, or none where {@link
   * #EMULATOR} names a server. Without credentials it asks as anybody, which public buckets allow.
   */
  static Storage fromEnvironment() {
    String emulator = System.getenv(EMULATOR);
    return emulator == null || emulator.isBlank()
        ? of(null, applicationDefault(), null)
        : of(emulator, NoCredentials.getInstance(), null);
  }

  private static Credentials applicationDefault() {
    try {
      return GoogleCredentials.getApplicationDefault();
    } catch (IOException e) { // there are none; the server tells whether they are needed
      return NoCredentials.getInstance();
    }
  }

  /**
   * A client of the JSON API.
   *
   * @param host {@code http://localhost:4443}; null for Google's
   * @param project that is named in requests; null: whatever the credentials say
   */
  public static Storage of(
      @Nullable String host, Credentials credentials, @Nullable String project) {
    StorageOptions.Builder options =
        StorageOptions.http()
            // every request here may be sent twice: see Versions for those with a condition
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
            .setRetrySettings(retries())
            .setCredentials(credentials);
    if (host != null) {
      options.setHost(host.contains("://") ? host : "http://" + host);
    }
    if (project != null) {
      options.setProjectId(project);
    } else if (credentials instanceof NoCredentials) {
      options.setProjectId("none"); // no request needs one, and looking for it takes seconds
    }
    return options.build().getService();
  }

  private static RetrySettings retries() {
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(16))
        .setTotalTimeoutDuration(Duration.ofMinutes(3))
        .setInitialRpcTimeoutDuration(Duration.ofMinutes(1))
        .setRpcTimeoutMultiplier(1)
        .setMaxRpcTimeoutDuration(Duration.ofMinutes(1))
        .build();
  }
}
