package io.bisift.beam.pubsub;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.pubsub.Pubsub;
import com.google.api.services.pubsub.PubsubRequest;
import com.google.api.services.pubsub.model.AcknowledgeRequest;
import com.google.api.services.pubsub.model.ModifyAckDeadlineRequest;
import com.google.api.services.pubsub.model.PullRequest;
import com.google.api.services.pubsub.model.ReceivedMessage;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import io.bisift.beam.storage.Patience;
import io.bisift.core.UserException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a subscription's messages. What fails for good is told as the user can mend it; what
 * passes (no answer, half of one, 429, 5xx) is an {@link IOException}. Thread-safe.
 */
final class PubsubClient {
  /** Messages of an answer at the most. */
  static final int MOST = 1000;

  /** A request of receipts may have 512 KiB. */
  private static final int REQUEST_BYTES = 400_000;

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final Logger LOG = Logger.getLogger(PubsubClient.class.getName());

  private final Subscription subscription;
  private final Pubsub.Projects.Subscriptions api;

  PubsubClient(Subscription subscription, PipelineOptions options) {
    this.subscription = subscription;
    Credentials credentials =
        subscription.isPrivate() ? options.as(GcpOptions.class).getGcpCredential() : null;
    this.api =
        new Pubsub.Builder(
                new NetHttpTransport(), GsonFactory.getDefaultInstance(), access(credentials))
            .setRootUrl(subscription.url() + "/")
            .setApplicationName("bisift")
            .build()
            .projects()
            .subscriptions();
  }

  private static HttpRequestInitializer access(@Nullable Credentials credentials) {
    HttpRequestInitializer identify =
        credentials == null ? request -> {} : new HttpCredentialsAdapter(credentials);
    return (HttpRequest request) -> {
      identify.initialize(request);
      request.setConnectTimeout(TIMEOUT_MILLIS).setReadTimeout(TIMEOUT_MILLIS);
    };
  }

  /** Some messages, in no order; none if there are none, or for no reason. */
  List<ReceivedMessage> pull() throws IOException {
    // a request that waits for messages would hold up a pipeline that wants to end
    PullRequest request = new PullRequest().setMaxMessages(MOST).setReturnImmediately(true);
    List<ReceivedMessage> messages =
        send(api.pull(subscription.path(), request)).getReceivedMessages();
    return messages == null ? List.of() : messages;
  }

  /** From now on so long, messages do not come again. */
  void extend(List<String> receipts, int seconds) throws IOException {
    for (List<String> some : requests(receipts)) {
      ModifyAckDeadlineRequest request =
          new ModifyAckDeadlineRequest().setAckIds(some).setAckDeadlineSeconds(seconds);
      send(api.modifyAckDeadline(subscription.path(), request));
    }
  }

  /**
   * Messages do not come again; unless Pub/Sub does not know these receipts any more, such as those
   * of a subscription that was made anew.
   *
   * @param attempts after which it is given up
   */
  void acknowledge(List<String> receipts, int attempts) throws IOException {
    for (List<String> some : requests(receipts)) {
      AcknowledgeRequest request = new AcknowledgeRequest().setAckIds(some);
      Patience.with(attempts, () -> acknowledge(request));
    }
  }

  private boolean acknowledge(AcknowledgeRequest request) throws IOException {
    try {
      send(api.acknowledge(subscription.path(), request));
      return true;
    } catch (UserException e) {
      if (e.getCause() instanceof HttpResponseException answer
          && answer.getStatusCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
        LOG.warning(
            "Pub/Sub does not take acknowledgements, so messages come again, and are dropped: "
                + e.getMessage());
        return false;
      }
      throw e;
    }
  }

  private static List<List<String>> requests(List<String> receipts) {
    List<List<String>> requests = new ArrayList<>();
    List<String> current = new ArrayList<>();
    int bytes = 0;
    for (String receipt : receipts) {
      if (bytes > 0 && bytes + receipt.length() > REQUEST_BYTES) {
        requests.add(current);
        current = new ArrayList<>();
        bytes = 0;
      }
      current.add(receipt);
      bytes += receipt.length() + 3; // quotes and comma
    }
    if (!current.isEmpty()) {
      requests.add(current);
    }
    return requests;
  }

  private <T> T send(PubsubRequest<T> request) throws IOException {
    try {
      return request.execute();
    } catch (HttpResponseException e) {
      if (mayPass(e.getStatusCode())) {
        throw e;
      }
      throw refusal(e);
    }
  }

  private static boolean mayPass(int status) {
    return status == TOO_MANY_REQUESTS
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || status >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  private UserException refusal(HttpResponseException answer) {
    int status = answer.getStatusCode();
    String reason = status + reason(answer);
    return switch (status) {
      case HttpURLConnection.HTTP_NOT_FOUND ->
          UserException.failure(
              "Pub/Sub has no subscription " + subscription.path() + ": make it, or name another",
              answer);
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          UserException.failure(
              "permission denied: "
                  + subscription.path()
                  + " ("
                  + reason
                  + "); whoever reads it needs roles/pubsub.subscriber",
              answer);
      default ->
          UserException.failure(
              "Pub/Sub refuses to read " + subscription.path() + ": " + reason, answer);
    };
  }

  /** That nobody answers. */
  UserException unreachable(IOException failure) {
    return UserException.failure(
        "Pub/Sub does not answer at "
            + subscription.url()
            + " ("
            + (failure instanceof HttpResponseException answer
                ? answer.getStatusCode() + reason(answer)
                : failure.toString().lines().findFirst().orElse(""))
            + "); what was not published comes again",
        failure);
  }

  private static String reason(HttpResponseException answer) {
    String message =
        answer instanceof GoogleJsonResponseException json && json.getDetails() != null
            ? json.getDetails().getMessage()
            : answer.getStatusMessage();
    return message == null ? "" : " " + message.lines().findFirst().orElse("");
  }
}
