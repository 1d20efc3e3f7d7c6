package io.bisift.runners.flink.stream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.runners.flink.rest.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a job tells of its checkpoints. */
final class JobCheckpoints {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest request;

  JobCheckpoints(FlinkRest rest, String job) {
    this.request =
        HttpRequest.newBuilder(URI.create(rest.url()).resolve("jobs/" + job + "/checkpoints"))
            .build();
  }

  /** How many are whole. */
  int completed() throws IOException, InterruptedException {
    return count("completed");
  }

  /** How many times the job went on from one. */
  int restored() throws IOException, InterruptedException {
    return count("restored");
  }

  private int count(String which) throws IOException, InterruptedException {
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return JSON.readTree(answer).path("counts").path(which).asInt();
  }
}
