package io.bisift.runners.flink.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bisift.core.UserException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A Flink cluster's REST interface. What the cluster refuses is a {@link UserException}. */
public final class FlinkRest {
  private static final int DEFAULT_PORT = 8081;

  /** With uploads, and with a main class that builds its graph on a busy JobManager. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** While it loses a worker, Flink leaves a question unanswered now and then. */
  private static final Duration PATIENCE_WITH_QUESTIONS = Duration.ofSeconds(10);

  private static final int QUESTIONS = 4;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private FlinkRest(URI address) {
    this.address = address;
  }

  /**
   * The cluster at an address.
   *
   * @param master HOST:PORT, as the option --flink-master takes it, with or without http://
   * @throws UserException if it is no address
   */
  public static FlinkRest at(String master) {
    try {
      URI uri = new URI(master.contains("://") ? master : "http://" + master);
      if (uri.getHost() != null && uri.getPath().replace("/", "").isEmpty()) {
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new FlinkRest(new URI(uri.getScheme(), null, uri.getHost(), port, "/", null, null));
      }
    } catch (URISyntaxException e) {
      // the same answer as for other texts that are no address
    }
    throw UserException.usage(
        "--flink-master must be HOST:PORT of a cluster's REST interface, or [local], was "
            + master);
  }

  /** Where people look at the cluster with a browser. */
  public String url() {
    return address.toString();
  }

  /** The cluster as it is now. */
  public ClusterOverview overview() throws IOException {
    JsonNode found = get("overview");
    return new ClusterOverview(
        found.path("taskmanagers").asInt(),
        found.path("slots-total").asInt(),
        found.path("slots-available").asInt(),
        found.path("flink-version").asText());
  }

  /** Whether the cluster answers. */
  public boolean answers() {
    try {
      overview();
      return true;
    } catch (IOException | UserException e) {
      return false;
    }
  }

  /**
   * Gives the cluster a jar.
   *
   * @return what it calls the jar
   */
  public String upload(Path jar) throws IOException {
    String boundary = UUID.randomUUID().toString();
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + jar.getFileName()
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    String tail = "\r\n--" + boundary + "--\r\n";
    BodyPublisher body = // a length known beforehand: Flink takes no chunked uploads
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> multipart(head, jar, tail)),
            bytes(head).length + Files.size(jar) + bytes(tail).length);
    JsonNode answer =
        send(
            request("jars/upload")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body));
    String name = answer.path("filename").asText();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static InputStream multipart(String head, Path jar, String tail) {
    try {
      return new SequenceInputStream(
          Collections.enumeration(
              List.of(
                  new ByteArrayInputStream(bytes(head)),
                  Files.newInputStream(jar),
                  new ByteArrayInputStream(bytes(tail)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Starts the main class of a jar.
   *
   * @param jar as {@link #upload} named it
   * @param parallelism where the arguments do not say
   * @return the job's id
   */
  public String run(String jar, String mainClass, List<String> args, int parallelism)
      throws IOException {
    ObjectNode body = JSON.createObjectNode();
    body.put("entryClass", mainClass);
    body.put("parallelism", parallelism);
    args.forEach(body.putArray("programArgsList")::add);
    return send(post("jars/" + jar + "/run", body.toString())).path("jobid").asText();
  }

  /** Forgets a jar; jobs that run it keep it. */
  public void delete(String jar) throws IOException {
    send(request("jars/" + jar).DELETE());
  }

  /** The newest job of a name. */
  public Optional<String> job(String name) throws IOException {
    String id = null;
    long newest = -1;
    for (JsonNode job : get("jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(name) && job.path("start-time").asLong() > newest) {
        id = job.path("jid").asText();
        newest = job.path("start-time").asLong();
      }
    }
    return Optional.ofNullable(id);
  }

  /** How many jobs are under way. */
  public int running() throws IOException {
    int running = 0;
    for (JsonNode job : get("jobs").path("jobs")) {
      running += JobStatus.isEnd(job.path("status").asText()) ? 0 : 1;
    }
    return running;
  }

  /** How a job is. */
  public JobStatus status(String job) throws IOException {
    JsonNode found = get("jobs/" + job);
    Map<String, Integer> steps = new TreeMap<>();
    for (JsonNode step : found.path("vertices")) {
      steps.merge(step.path("status").asText(), 1, Integer::sum);
    }
    String state = found.path("state").asText();
    // the metric of this is up to ten seconds late, and stays so when the job ends
    int failures = exceptions(job).size();
    return new JobStatus(
        state, steps, state.equals("FAILED") ? Math.max(0, failures - 1) : failures);
  }

  /** Why a job failed, in one line. */
  public String failure(String job) throws IOException {
    return FailureText.rootCause(exceptions(job).path(0).path("stacktrace").asText());
  }

  /** What made a job begin again or fail, the latest first, as many as Flink remembers. */
  private JsonNode exceptions(String job) throws IOException {
    return get("jobs/" + job + "/exceptions").path("exceptionHistory").path("entries");
  }

  private JsonNode get(String path) throws IOException {
    for (int asked = 1; ; asked++) {
      try {
        return send(request(path).timeout(PATIENCE_WITH_QUESTIONS).GET());
      } catch (HttpTimeoutException e) {
        if (asked == QUESTIONS) {
          throw UserException.failure("the Flink cluster at " + address + " does not answer", e);
        }
      }
    }
  }

  private HttpRequest.Builder post(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json; charset=UTF-8")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw UserException.failure("no Flink cluster answers at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while the cluster at " + address + " was asked");
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw UserException.failure(address + " answers, but is no Flink cluster", e);
    }
    if (response.statusCode() >= 300) {
      // the last one is the cluster's, the first one says where it came up
      JsonNode errors = answer.path("errors");
      throw UserException.failure(
          FailureText.rootCause(
              errors.path(errors.size() - 1).asText("HTTP " + response.statusCode())));
    }
    return answer;
  }
}
