package io.bisift.trainer.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.bisift.core.UserException;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Tells a cluster how a run is doing, over HTTP:
 *
 * <ul>
 *   <li>{@code /healthz}: 200, or 503 if a run that trains has given no sign of life for too long;
 *   <li>{@code /readyz}: 503 while it loads, then 200;
 *   <li>{@code /metrics}: numbers for Prometheus, {@code bisift_…}, and the JVM's own.
 * </ul>
 */
public final class StatusServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Progress progress;
  private final long stuckSeconds;
  private final HTTPServer server;

  private StatusServer(int port, long stuckSeconds, Progress progress) throws IOException {
    this.progress = progress;
    this.stuckSeconds = stuckSeconds;
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register((MultiCollector) this::collect);
    JvmMetrics.builder().register(registry);
    server =
        HTTPServer.builder()
            .port(port)
            .registry(registry)
            .registerHealthHandler(false)
            .defaultHandler(this::answer)
            .buildAndStart();
  }

  /**
   * Starts to answer, on all addresses of this machine.
   *
   * @param port 0 for any that is free
   * @param stuckSeconds without a sign of life after which the run counts as stuck
   * @throws UserException if the port is taken
   */
  public static StatusServer open(int port, long stuckSeconds, Progress progress) {
    try {
      return new StatusServer(port, stuckSeconds, progress);
    } catch (IOException e) {
      throw UserException.usage(
          "--status-port " + port + " cannot be used: " + e.getMessage() + "; give another");
    }
  }

  /** The port. */
  int port() {
    return server.getPort();
  }

  private MetricSnapshots collect() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    progress
        .values()
        .forEach(
            (name, value) ->
                all.metricSnapshot(
                    GaugeSnapshot.builder()
                        .name("bisift_" + name)
                        .help("of the training run: " + name.replace('_', ' '))
                        .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                        .build()));
    return all.build();
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean training = progress.isTraining();
    switch (exchange.getRequestURI().getPath()) {
      case "/healthz" -> {
        boolean stuck = training && progress.quietSeconds() > stuckSeconds;
        send(exchange, !stuck, stuck ? "stuck" : training ? "training" : "loading");
      }
      case "/readyz" -> send(exchange, training, training ? "training" : "loading");
      default -> {
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
      }
    }
  }

  private void send(HttpExchange exchange, boolean good, String state) throws IOException {
    ObjectNode body = JSON.createObjectNode().put("state", state);
    for (Map.Entry<String, Double> value : progress.values().entrySet()) {
      body.put(value.getKey(), value.getValue());
    }
    byte[] bytes = (body + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(good ? 200 : 503, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
