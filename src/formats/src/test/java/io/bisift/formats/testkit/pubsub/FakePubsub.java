package io.bisift.formats.testkit.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.FakeReply;
import io.bisift.formats.testkit.http.FakeServer;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The server: one topic with one subscription. It speaks publish, pull, acknowledge and
 * modifyAckDeadline; {@link Faults} make it fail. Its clock stands unless it is told to go on, so
 * deadlines pass when a test wants it.
 */
public final class FakePubsub implements AutoCloseable {
  /** The path of the subscription that there is. */
  public static final String SUBSCRIPTION = "projects/my-project/subscriptions/bisift-rollouts";

  /** The subscription's name, which is also that of its topic. */
  public static final String NAME = "bisift-rollouts";

  /** More than a message can be leased for. */
  public static final Duration LONGEST_LEASE = Duration.ofMinutes(11);

  private static final int LARGEST_REQUEST = 524_288;
  private static final int PAUSE_MILLIS = 50;

  /** In pauses. */
  private static final int WHILE = 40;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeServer server;
  private final FakeSubscription subscription = new FakeSubscription();
  private int published;
  private long now = 1;
  private int most = 1000;

  /** Starts on any free port. */
  public FakePubsub() throws IOException {
    server = new FakeServer(this::answer);
    server.start();
  }

  /** What the option takes as {@code --pubsub-url}. */
  public String url() {
    return server.host();
  }

  /** From now on, what goes wrong. */
  public void failing(Faults which) {
    server.failing(which);
  }

  /** How often something of a kind went wrong. */
  public int injected(Fault.Kind kind) {
    return server.injected(kind);
  }

  /** From now on, the most messages that an answer has. */
  public synchronized void answerAtMost(int messages) {
    most = messages;
  }

  /** Publishes a message and gives its id. */
  public synchronized String publish(byte[] data, Map<String, String> attributes) {
    return publish(Base64.getEncoder().encodeToString(data), attributes, "");
  }

  private String publish(String base64, Map<String, String> attributes, String key) {
    String id = Long.toString(8_000_000_000_000_000L + 7919L * published++);
    Map<String, Object> message = new TreeMap<>();
    if (!base64.isEmpty()) {
      message.put("data", base64);
    }
    if (!attributes.isEmpty()) {
      message.put("attributes", attributes);
    }
    if (!key.isEmpty()) {
      message.put("orderingKey", key);
    }
    message.put("messageId", id);
    message.put("publishTime", Instant.ofEpochSecond(1_700_000_000L + published).toString());
    subscription.add(id, message);
    return id;
  }

  /** Moves the clock on: what is leased for less comes again. */
  public synchronized void pass(Duration time) {
    now += time.toSeconds();
  }

  /**
   * Waits until all messages are acknowledged. Where none is for a while, all deadlines pass, which
   * brings messages again that whoever had them has lost.
   */
  public void awaitAcknowledged() throws InterruptedException {
    int before = -1;
    int unchanged = 0;
    for (int now = waiting(); now > 0; now = waiting()) {
      unchanged = now == before ? unchanged + 1 : 0;
      if (unchanged == WHILE) {
        pass(LONGEST_LEASE);
        unchanged = 0;
      }
      before = now;
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Brings messages again that were acknowledged, as the service may. */
  public synchronized void forgetAcknowledgements() {
    subscription.forgetAcknowledgements();
  }

  /** Messages that are not acknowledged. */
  public synchronized int waiting() {
    return subscription.waiting();
  }

  /** Ids of the messages that are acknowledged. */
  public synchronized Set<String> acknowledged() {
    return subscription.acknowledged();
  }

  /** Ids of messages whose deadline was ever extended. */
  public synchronized Set<String> extended() {
    return subscription.extended();
  }

  /** Is told at each acknowledgement of all that are acknowledged by then. */
  public synchronized void onAcknowledge(Consumer<Set<String>> listener) {
    subscription.listen(listener);
  }

  private synchronized FakeReply answer(FakeCall call) {
    if (call.cut()) {
      return FakeReply.empty(200); // nobody reads it
    }
    if (call.body().length > LARGEST_REQUEST) {
      return FakeReply.error(400, "Request payload size exceeds the limit: 524288 bytes.");
    }
    String path = String.join("/", call.path());
    int colon = path.lastIndexOf(':');
    String resource = colon < 0 ? path : path.substring(0, colon);
    String verb = colon < 0 ? "" : path.substring(colon + 1);
    boolean known =
        resource.equals("v1/" + SUBSCRIPTION)
            || resource.equals("v1/projects/my-project/topics/" + NAME);
    if (!known) {
      return FakeReply.error(404, "Resource not found (resource=" + resource + ").");
    }
    try {
      JsonNode body = JSON.readTree(call.content());
      return switch (verb) {
        case "publish" -> published(body.path("messages"));
        case "pull" -> pulled(Math.min(most, body.path("maxMessages").asInt()));
        case "acknowledge" -> {
          subscription.acknowledge(texts(body.path("ackIds")));
          yield FakeReply.json(Map.of());
        }
        case "modifyAckDeadline" -> leased(body);
        default -> FakeReply.error(400, "not known here: " + verb);
      };
    } catch (IOException | RuntimeException e) {
      return FakeReply.error(400, String.valueOf(e.getMessage()));
    }
  }

  private FakeReply published(JsonNode messages) {
    List<String> ids = new ArrayList<>();
    for (JsonNode message : messages) {
      Map<String, String> attributes = new TreeMap<>();
      message
          .path("attributes")
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
      ids.add(
          publish(message.path("data").asText(), attributes, message.path("orderingKey").asText()));
    }
    return FakeReply.json(Map.of("messageIds", ids));
  }

  private FakeReply pulled(int count) {
    List<Map<String, ?>> messages = subscription.pull(count, now);
    return FakeReply.json(messages.isEmpty() ? Map.of() : Map.of("receivedMessages", messages));
  }

  private FakeReply leased(JsonNode body) {
    int seconds = body.path("ackDeadlineSeconds").asInt();
    if (seconds < 0 || seconds > 600) {
      return FakeReply.error(400, "ackDeadlineSeconds must be between 0 and 600");
    }
    subscription.lease(texts(body.path("ackIds")), now + seconds);
    return FakeReply.json(Map.of());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Override
  public void close() {
    server.close();
  }
}
