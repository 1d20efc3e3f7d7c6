package io.bisift.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.bisift.pipelines.Bisift;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.RunnerDefaults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlinkDefaultsTest {
  private final Map<String, String> seen = new HashMap<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** What the launcher tells Beam for a command line that finds no annotations. */
  private int run(String... more) {
    RunnerDefaults defaults =
        (GivenOptions given) -> {
          seen.putAll(new FlinkDefaults().of(given));
          return seen;
        };
    List<String> args =
        new ArrayList<>(List.of("convert", "--annotations=" + Path.of("none"), "--output=none"));
    args.addAll(List.of(more));
    return Bisift.run(Sets.screen(printed), defaults, args.toArray(String[]::new));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** A cluster that tells an overview and nothing else. */
  private static HttpServer cluster(String version, int slots) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] overview =
        ("{\"taskmanagers\":2,\"slots-total\":"
                + slots
                + ",\"slots-available\":0,\"flink-version\":\""
                + version
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/overview",
        exchange -> {
          exchange.sendResponseHeaders(200, overview.length);
          exchange.getResponseBody().write(overview);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String master(HttpServer server) {
    return "--flink-master=127.0.0.1:" + server.getAddress().getPort();
  }

  @Test
  void embedFlinkWhereNoClusterIsNamed() {
    run();
    assertEquals("[local]", seen.get("flinkMaster"));
    assertEquals("true", seen.get("fasterCopy"));
    assertEquals(
        Integer.toString(Runtime.getRuntime().availableProcessors()), seen.get("parallelism"));
    assertEquals(null, seen.get("attachedMode"));
  }

  @Test
  void useAllSlotsOfACluster() throws IOException {
    HttpServer server = cluster("1.19.1", 7);
    run(master(server));
    server.stop(0);
    assertEquals("7", seen.get("parallelism"));
    assertEquals("false", seen.get("attachedMode"));
  }

  @Test
  void refuseAClusterOfAnotherLine() throws IOException {
    HttpServer server = cluster("1.20.0", 2);
    assertEquals(1, run(master(server)));
    server.stop(0);
    assertTrue(printed().contains("runs Flink 1.20.0; this jar is for 1.19.x"), printed());
  }

  @Test
  void refuseAClusterWithoutWorkers() throws IOException {
    HttpServer server = cluster("1.19.3", 0);
    assertEquals(1, run(master(server)));
    server.stop(0);
    assertTrue(printed().contains("has no workers"), printed());
  }

  @Test
  void sayThatNothingAnswers() {
    assertEquals(1, run("--flink-master=127.0.0.1:1"));
    assertTrue(printed().startsWith("bisift: no Flink cluster answers at http://127.0.0.1:1/"));
    assertEquals(1, printed().lines().count(), printed());
  }

  @Test
  void sayWhatAnAddressIs() {
    assertEquals(2, run("--flink-master=nonsense:x"));
    assertTrue(printed().contains("--flink-master must be HOST:PORT"), printed());
  }

  @Test
  void leaveOtherRunnersAlone() {
    run("--runner=DirectRunner");
    assertEquals(Map.of(), seen);
  }
}
