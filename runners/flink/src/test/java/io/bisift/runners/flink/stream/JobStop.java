package io.bisift.runners.flink.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** Stops a job as {@code flink stop --drain} does. */
final class JobStop {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final FlinkRest rest;
  private final String job;

  JobStop(FlinkRest rest, String job) {
    this.rest = rest;
    this.job = job;
  }

  /** Stops it, and waits until it is done with all that it has read. */
  void drain(Path savepoints) throws IOException, InterruptedException {
    String body = "{\"drain\": true, \"targetDirectory\": \"" + savepoints.toUri() + "\"}";
    String trigger =
        send(request("stop").POST(BodyPublishers.ofString(body))).path("request-id").asText();
    JsonNode answer;
    do {
      Thread.sleep(100);
      answer = send(request("savepoints/" + trigger).GET());
    } while (!answer.path("status").path("id").asText().equals("COMPLETED"));
    if (!answer.path("operation").has("location")) {
      throw new IOException("no savepoint: " + answer);
    }
    while (!rest.status(job).ended()) {
      Thread.sleep(100);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(rest.url()).resolve("jobs/" + job + "/" + path))
        .header("Content-Type", "application/json; charset=UTF-8");
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return JSON.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }
}
