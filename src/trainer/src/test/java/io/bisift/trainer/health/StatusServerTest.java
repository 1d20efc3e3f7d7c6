package io.bisift.trainer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import io.bisift.trainer.loop.Trainee;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  private static final int STUCK_AFTER = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private volatile double seconds;
  private final Progress progress = new Progress(() -> (long) (seconds * 1e9));
  private final StatusServer server = StatusServer.open(0, STUCK_AFTER, progress);

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode body(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path).body());
  }

  @Test
  void aRunThatLoadsIsAliveButNotReady() throws Exception {
    seconds = 10 * STUCK_AFTER;
    assertEquals(200, get("/healthz").statusCode());
    assertEquals("loading", body("/healthz").path("state").asText());
    assertEquals(503, get("/readyz").statusCode());
    progress.begin(0, 100);
    assertEquals(200, get("/readyz").statusCode());
  }

  @Test
  void aRunThatHangsIsStuckUntilItGoesOn() throws Exception {
    progress.begin(0, 100);
    seconds = STUCK_AFTER;
    assertEquals(200, get("/healthz").statusCode());
    seconds = STUCK_AFTER + 1;
    assertEquals(503, get("/healthz").statusCode());
    assertEquals("stuck", body("/healthz").path("state").asText());
    assertEquals(STUCK_AFTER + 1, body("/healthz").path("quiet_seconds").asDouble());
    progress.alive();
    assertEquals(200, get("/healthz").statusCode());
  }

  @Test
  void everyMicroBatchIsASignOfLife() throws Exception {
    Trainee model =
        (Trainee)
            Proxy.newProxyInstance(
                Trainee.class.getClassLoader(),
                new Class<?>[] {Trainee.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "addGradients" -> new double[] {0.5};
                      case "judge" -> new Trainee.Judgement(0.5, List.of(0.1));
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    WatchedTrainee watched = new WatchedTrainee(model, progress);
    progress.begin(0, 100);
    seconds = 50;
    assertEquals(0.5, watched.addGradients(List.of(List.of()))[0]);
    seconds = 100;
    assertEquals(200, get("/healthz").statusCode());
    watched.judge(List.of());
    seconds = 150;
    assertEquals(200, get("/healthz").statusCode());
    seconds = 161;
    assertEquals(503, get("/healthz").statusCode());
  }

  @Test
  void prometheusGetsTheNumbers() throws Exception {
    progress.begin(2, 100);
    progress.report(3, "train", Map.of("loss", 0.25, "tokens_per_second", 1500.0));
    progress.report(3, "eval", Map.of("auc", 0.75));
    progress.saved(3);
    seconds = 5;
    List<String> lines = get("/metrics").body().lines().toList();
    for (String expected :
        List.of(
            "bisift_update 3.0",
            "bisift_updates 100.0",
            "bisift_train_loss 0.25",
            "bisift_train_tokens_per_second 1500.0",
            "bisift_eval_auc 0.75",
            "bisift_checkpoint_update 3.0",
            "bisift_quiet_seconds 5.0")) {
      assertTrue(lines.contains(expected), () -> expected + " is not among " + lines);
    }
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("jvm_memory_used_bytes")));
  }

  @Test
  void otherPathsAreNotThere() throws Exception {
    assertEquals(404, get("/").statusCode());
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    UserException e =
        assertThrows(
            UserException.class, () -> StatusServer.open(server.port(), STUCK_AFTER, progress));
    assertTrue(e.getMessage().startsWith("--status-port " + server.port()), e.getMessage());
  }
}
