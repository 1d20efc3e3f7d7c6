package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.bisift.formats.output.Json;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final String REFUSAL =
      "{\"error\":\"invalid_grant\",\"error_description\":\"Account was deleted.\"}";

  @TempDir Path home;

  @Test
  void areMissedInOneLine() throws IOException, InterruptedException {
    assertFails("bisift: no credentials of Google Cloud; gcloud auth", Map.of());
  }

  @Test
  void areRefusedInOneLine() throws IOException, InterruptedException, GeneralSecurityException {
    HttpServer tokens =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(400, REFUSAL.length());
          exchange.getResponseBody().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    tokens.start();
    try {
      Path file = home.resolve("key.json");
      Files.writeString(file, account("http://127.0.0.1:" + tokens.getAddress().getPort()));
      String printed =
          assertFails(
              "bisift: the credentials of Google Cloud give no access",
              Map.of("GOOGLE_APPLICATION_CREDENTIALS", file.toString()));
      assertTrue(printed.contains("Account was deleted."), printed);
    } finally {
      tokens.stop(0);
    }
  }

  /** The key file of a service account whose tokens are made at {@code server}. */
  private static String account(String server) throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String key =
        Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
    return Json.pretty(
        Map.of(
            "type",
            "service_account",
            "client_id",
            "1",
            "client_email",
            "me@p.iam.gserviceaccount.com",
            "private_key_id",
            "1",
            "private_key",
            "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
            "token_uri",
            server));
  }

  /** A process, as credentials are looked for in its environment. */
  private String assertFails(String message, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            DataflowLauncher.class.getName(),
            "select",
            "--runner=DataflowRunner",
            "--annotations=gs://bucket/raw",
            "--output=gs://bucket/set",
            "--project=p",
            "--region=us-central1",
            "--temp-location=gs://bucket/temp");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("NO_GCE_CHECK", "true"); // nor is this a machine of Google's
    builder.environment().put("CLOUDSDK_CONFIG", home.toString());
    builder.environment().remove("GOOGLE_APPLICATION_CREDENTIALS");
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.directory(new File(".")).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), printed);
    assertTrue(printed.startsWith(message), printed);
    assertEquals(1, printed.lines().count(), printed);
    return printed;
  }
}
