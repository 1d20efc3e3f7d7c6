package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path home;

  /** A process, as credentials are looked for in its environment. */
  @Test
  void areMissedInOneLine() throws IOException, InterruptedException {
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
    builder.redirectErrorStream(true);
    Process process = builder.directory(new File(".")).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(1, process.waitFor(), printed);
    assertTrue(printed.startsWith("bisift: no credentials of Google Cloud; gcloud auth"), printed);
    assertEquals(1, printed.lines().count(), printed);
  }
}
