package io.bisift.beam.pubsub;

import io.bisift.core.UserException;
import io.bisift.core.stream.LogShard;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of Pub/Sub.
 *
 * @param path {@code projects/PROJECT/subscriptions/NAME}
 * @param url where it is asked for, without a slash at the end
 */
public record Subscription(String path, String url) implements Serializable {
  private static final String GOOGLE = "https://pubsub.googleapis.com";
  private static final Pattern PATH =
      Pattern.compile("projects/[^/\\s]+/subscriptions/[A-Za-z][A-Za-z0-9._~+%-]*");

  /**
   * A subscription as options name it.
   *
   * @param url of an emulator or the like; null: Google's
   * @throws UserException if it cannot be one
   */
  public static Subscription of(String path, @Nullable String url) {
    if (!PATH.matcher(path).matches()) {
      throw UserException.usage(
          "--pubsub must be like projects/my-project/subscriptions/my-subscription, was " + path);
    }
    return new Subscription(path, url == null ? GOOGLE : checked(url));
  }

  private static String checked(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      String rest = String.valueOf(uri.getRawPath());
      if (uri.getHost() != null
          && (scheme.equals("http") || scheme.equals("https"))
          && (rest.isEmpty() || rest.equals("/"))
          && uri.getRawQuery() == null) {
        return scheme + "://" + uri.getRawAuthority();
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw UserException.usage("--pubsub-url must be like http://localhost:8085, was " + url);
  }

  /** Its name in its project. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What comes from it in the log. */
  LogShard shard() {
    return LogShard.ofArrivals(name());
  }

  /** Whether nobody on the way can read what is sent, such as credentials. */
  boolean isPrivate() {
    return url.startsWith("https:");
  }
}
