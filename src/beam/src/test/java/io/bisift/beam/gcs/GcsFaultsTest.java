package io.bisift.beam.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single files through Beam's file system, in uploads of several pieces. */
final class GcsFaultsTest {
  private static final String FILE = "gs://bucket/file";
  private static final int PIECE = 1 << 20;

  private FakeGcs server;
  private BeamStorage storage;

  @BeforeEach
  void start() throws IOException {
    server = GcsRuns.server();
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                "--gcsEndpoint=" + server.endpoint(),
                "--gcsUploadBufferSizeBytes=" + PIECE,
                "--credentialFactoryClass=" + NoopCredentialFactory.class.getName())
            .create();
    FileSystems.setDefaultPipelineOptions(options);
    storage = new BeamStorage(options);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes(long seed) {
    byte[] bytes = new byte[5 * PIECE / 2];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private byte[] read() throws IOException {
    try (ReadableByteChannel channel = storage.open(FILE)) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  private void write(byte[] content) throws IOException {
    try (WritableByteChannel channel = storage.create(FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private byte[] stored() {
    return server.objects("bucket", "").get("file");
  }

  private static boolean isPiece(FakeCall call) {
    return call.method().equals("PUT");
  }

  private static Stream<Fault> whatPasses() {
    return Stream.of(
        Fault.TOLD_TO_WAIT,
        Fault.status(429),
        Fault.status(500),
        Fault.CUT_REQUEST,
        Fault.LOST_ANSWER,
        Fault.KEEPS_HALF);
  }

  @ParameterizedTest
  @MethodSource("whatPasses")
  void goesOnWithAnUpload(Fault fault) throws IOException {
    byte[] content = bytes(1);
    server.failing(Faults.first(2, fault, GcsFaultsTest::isPiece));
    write(content);
    assertEquals(2, server.injected(fault.kind()));
    assertArrayEquals(content, stored());
  }

  private static Stream<Fault> whatADownloadGetsOver() {
    return Stream.of(
        Fault.TOLD_TO_WAIT,
        Fault.status(408),
        Fault.status(429),
        Fault.status(500),
        Fault.CUT_ANSWER,
        Fault.LOST_ANSWER,
        Fault.SHORT_ANSWER);
  }

  @ParameterizedTest
  @MethodSource("whatADownloadGetsOver")
  void readsOn(Fault fault) throws IOException {
    byte[] content = bytes(2);
    server.put("bucket", "file", content);
    server.failing(Faults.first(2, fault, FakeCall::isDownload));
    assertArrayEquals(content, read());
    assertEquals(2, server.injected(fault.kind()));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 408, 410})
  void saysThatAnUploadIsLost(int status) {
    AtomicInteger pieces = new AtomicInteger();
    server.failing(
        call -> isPiece(call) && pieces.incrementAndGet() >= 2 ? Fault.status(status) : null);
    IOException lost = assertThrows(IOException.class, () -> write(bytes(3)));
    assertEquals(
        FILE + ": Google Cloud Storage has lost the upload half-way (" + status + "); run again",
        lost.getMessage());
    assertTrue(server.objects("bucket", "").isEmpty());
  }

  @Test
  void leavesNoFileWhoseSumIsAnother() {
    server.failing(Faults.all(Fault.WRONG_SUM, call -> true));
    IOException arrived = assertThrows(IOException.class, () -> write(bytes(4)));
    assertEquals(FILE + ": other bytes arrived than were sent", arrived.getMessage());
    assertTrue(server.objects("bucket", "").isEmpty());
  }

  @Test
  void receiptsThatAreGoneAreToldFromFailures() throws IOException {
    StreamFolder folder = new StreamFolder(storage, "gs://bucket/set");
    assertEquals(Optional.empty(), folder.receipts().of("log/pubsub~rollouts-0/1"));
  }
}
