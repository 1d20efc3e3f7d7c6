package io.bisift.formats.storage.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.NoCredentials;
import io.bisift.core.UserException;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Versions;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.TestRun;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.gcs.GcsRuns;
import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rarer failures than a busy server. */
final class GcsFaultsTest {
  private static final String FILE = "gs://bucket/file";
  private static final String INPUT = "gs://bucket/in";
  private static final String OUTPUT = "gs://bucket/out";

  @TempDir Path temp;
  private FakeGcs server;
  private Storage storage;

  @BeforeEach
  void start() throws IOException {
    server = GcsRuns.server();
    storage = GcsRuns.storage(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
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
      for (int at = 0; at < content.length; at += 1 << 20) {
        channel.write(ByteBuffer.wrap(content, at, Math.min(1 << 20, content.length - at)));
      }
    }
  }

  private static boolean isPiece(FakeCall call) {
    return call.method().equals("PUT");
  }

  private static Stream<Fault> whatPasses() {
    return Stream.concat(
        Stream.of(Fault.TOLD_TO_WAIT), IntStream.of(408, 500, 502, 504).mapToObj(Fault::status));
  }

  @ParameterizedTest
  @MethodSource("whatPasses")
  void triesAgain(Fault fault) throws IOException {
    byte[] content = bytes(9_000_000, 1);
    server.failing(Faults.first(1, fault, call -> true));
    write(content);
    server.failing(Faults.first(1, fault, GcsFaultsTest::isPiece));
    write(content);
    server.failing(Faults.first(2, fault, FakeCall::isDownload));
    assertArrayEquals(content, read());
    server.failing(Faults.first(1, fault, call -> true));
    Versions versions = storage.versions(FILE).orElseThrow();
    versions.move(FILE, FILE + ".new", Versions.ABSENT);
    server.failing(Faults.first(1, fault, call -> true));
    assertEquals(1, storage.list("gs://bucket").size());
  }

  @Test
  void goesOnWithAnUploadThatWasCutInTheMiddle() throws IOException {
    byte[] content = bytes(20_000_000, 8);
    server.failing(Faults.first(2, Fault.CUT_REQUEST, GcsFaultsTest::isPiece));
    write(content);
    server.failing(Faults.first(2, Fault.LOST_ANSWER, GcsFaultsTest::isPiece));
    write(content);
    assertEquals(2, server.injected(Fault.Kind.CUT_REQUEST));
    assertEquals(2, server.injected(Fault.Kind.LOST_ANSWER));
    assertArrayEquals(content, server.objects("bucket", "").get("file"));
  }

  @Test
  void takesNoFileWhoseSumIsAnother() throws IOException {
    byte[] content = bytes(1_000_000, 9);
    server.failing(Faults.all(Fault.WRONG_SUM, call -> true));
    IOException arrived = assertThrows(IOException.class, () -> write(content));
    assertEquals(FILE + ": other bytes arrived than were sent", arrived.getMessage());
    assertTrue(server.objects("bucket", "").isEmpty());
    server.put("bucket", "file", content);
    IOException came = assertThrows(IOException.class, this::read);
    assertEquals(FILE + ": the bytes that came do not have the object's CRC32C", came.getMessage());
  }

  @Test
  void sendsAgainWhatAnUploadDidNotKeep() throws IOException {
    byte[] content = bytes(20_000_000, 2);
    server.failing(Faults.first(2, Fault.KEEPS_HALF, GcsFaultsTest::isPiece));
    write(content);
    assertEquals(2, server.injected(Fault.Kind.KEEPS_HALF));
    assertArrayEquals(content, server.objects("bucket", "").get("file"));
  }

  @Test
  void asksForTheRestOfAnAnswerThatEndsEarly() throws IOException {
    byte[] content = bytes(9_000_000, 7);
    write(content);
    server.failing(Faults.first(3, Fault.SHORT_ANSWER, FakeCall::isDownload));
    assertArrayEquals(content, read());
    server.failing(Faults.all(Fault.SHORT_ANSWER, FakeCall::isDownload));
    EOFException ended = assertThrows(EOFException.class, this::read);
    assertTrue(
        ended.getMessage().matches(FILE + " ended at \\d+ of 9000000 bytes"), ended::getMessage);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void saysThatAnUploadIsLost(int status) {
    AtomicInteger pieces = new AtomicInteger();
    server.failing(
        call -> isPiece(call) && pieces.incrementAndGet() >= 2 ? Fault.status(status) : null);
    IOException lost = assertThrows(IOException.class, () -> write(bytes(20_000_000, 3)));
    assertEquals(
        FILE + ": Google Cloud Storage has lost the upload half-way (" + status + "); run again",
        lost.getMessage());
    assertTrue(server.objects("bucket", "").isEmpty());
  }

  @Test
  void countsAWriteWhoseAnswerWasLostOnce() throws IOException {
    Versions versions = storage.versions(FILE).orElseThrow();
    server.failing(Faults.first(1, Fault.LOST_ANSWER, FakeCall::isUpload));
    long first = versions.write(FILE, bytes(10, 4), Versions.ABSENT);
    server.failing(Faults.first(1, Fault.LOST_ANSWER, call -> call.method().equals("DELETE")));
    versions.delete(FILE, first);
    assertEquals(Versions.ABSENT, versions.version(FILE));
  }

  @Test
  void noticesThatAFileWasReplacedWhileItIsRead() throws IOException {
    server.put("bucket", "file", bytes(1_000_000, 5));
    try (ReadableByteChannel channel = storage.open(FILE)) {
      channel.read(ByteBuffer.allocate(1000));
      server.put("bucket", "file", bytes(1_000_000, 6));
      IOException changed =
          assertThrows(IOException.class, () -> Channels.newInputStream(channel).readAllBytes());
      assertEquals(FILE + ": it was replaced or removed while it was read", changed.getMessage());
    }
  }

  @Test
  void waitsForAServerThatIsAway() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Storage away =
        new GcsStorage(GcsClient.of("http://127.0.0.1:" + port, NoCredentials.getInstance(), null));
    Thread starts =
        new Thread(
            () -> {
              try {
                Thread.sleep(1500);
                server.alsoAt(port);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    starts.start();
    assertFalse(away.isFile(FILE));
    starts.join();
  }

  @Test
  void saysInOneLineThatNobodyIsKnown() {
    server.failing(Faults.all(Fault.status(401), call -> true));
    UserException denied = assertThrows(UserException.class, () -> storage.isFile(FILE));
    assertFalse(denied.getMessage().contains("\n"), denied.getMessage());
  }

  private Map<String, String> expected(Path input) throws IOException {
    Path output = temp.resolve("expected");
    TestRun.run(
        new LocalStorage(),
        RunGroup.of(GcsRuns.parameters(input.toString(), output.toString(), 0.5, 2, true)),
        3);
    return OutputFiles.checksums(output);
  }

  @Test
  void stopsWhereAnInputIsReplacedInTheFirstPass() throws IOException {
    Path input = Golden.unpack("edges", temp);
    server.putFolder(GcsRuns.BUCKET, "in/", input);
    String name = server.objects("bucket", "in/").firstKey();
    byte[] old = server.objects("bucket", "in/").get(name);
    RunGroup run = RunGroup.of(GcsRuns.parameters(INPUT, OUTPUT, 0.5, 2, false));
    AtomicInteger downloads = new AtomicInteger();
    server.failing(
        call -> {
          if (call.isDownload() && call.names("in/" + name) && downloads.incrementAndGet() == 1) {
            byte[] other = old.clone();
            other[other.length - 2] ^= 1;
            server.put("bucket", "in/" + name, other);
          }
          return null;
        });
    UserException changed = assertThrows(UserException.class, () -> TestRun.run(storage, run, 3));
    assertTrue(
        changed.getMessage().contains(name) && changed.getMessage().contains("replaced or removed"),
        changed.getMessage());
    server.failing(Faults.NONE);
    server.put("bucket", "in/" + name, old);
    TestRun.run(storage, run, 3);
    assertEquals(expected(input), GcsRuns.checksums(server, "out"));
  }

  @Test
  void stopsWhereOtherBytesCame() throws IOException {
    Path input = Golden.unpack("edges", temp);
    server.putFolder(GcsRuns.BUCKET, "in/", input);
    RunGroup run = RunGroup.of(GcsRuns.parameters(INPUT, OUTPUT, 0.01, 2, false));
    server.failing(
        Faults.first(
            1,
            Fault.WRONG_BYTE,
            call ->
                call.isDownload()
                    && call.headers().getOrDefault("range", "").startsWith("bytes=3")));
    // one thread: with more, the wrong byte may be behind what is read of its answer
    UserException changed = assertThrows(UserException.class, () -> TestRun.run(storage, run, 1));
    assertTrue(
        changed.getMessage().matches("gs://bucket/in/.* has the CRC32C .*, and .* was read: .*"),
        changed.getMessage());
  }
}
