package io.bisift.formats.storage.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.NoCredentials;
import io.bisift.core.UserException;
import io.bisift.formats.storage.StoredFile;
import io.bisift.formats.storage.Versions;
import io.bisift.formats.testkit.gcs.FakeGcs;
import io.bisift.formats.testkit.http.FakeCall;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GcsStorageTest {
  private static final int PAGE_SIZE = 3;
  private static final List<Fault> PASSING =
      List.of(
          Fault.status(429),
          Fault.status(500),
          Fault.status(503),
          Fault.CUT_REQUEST,
          Fault.LOST_ANSWER,
          Fault.CUT_ANSWER,
          Fault.SLOW_ANSWER);

  private FakeGcs server;
  private GcsStorage storage;

  @BeforeEach
  void start() throws IOException {
    server = new FakeGcs(PAGE_SIZE);
    server.createBucket("bucket");
    storage = new GcsStorage(GcsClient.of(server.host(), NoCredentials.getInstance(), null));
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

  private void put(String... names) {
    for (String name : names) {
      server.put("bucket", name, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Set<String> paths(List<StoredFile> files) {
    return files.stream().map(StoredFile::path).collect(Collectors.toCollection(TreeSet::new));
  }

  private byte[] read(String path) throws IOException {
    try (SeekableByteChannel channel = storage.open(path)) {
      return Channels.newInputStream(channel).readAllBytes();
    }
  }

  private void write(String path, byte[] content) throws IOException {
    try (WritableByteChannel channel = storage.create(path)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer.slice(buffer.position(), Math.min(10_007, buffer.remaining())));
        buffer.position(Math.min(buffer.limit(), buffer.position() + 10_007));
      }
    }
  }

  @Test
  void tellsFilesFromFolders() throws IOException {
    put("in/a.jsonl", "in/deep/b.jsonl", "in/deep/", "inside.txt");
    assertTrue(storage.isFile("gs://bucket/in/a.jsonl"));
    assertFalse(storage.isFile("gs://bucket/in"));
    assertFalse(storage.isFile("gs://bucket"));
    assertTrue(storage.isFolder("gs://bucket/in"));
    assertTrue(storage.isFolder("gs://bucket/in/"));
    assertTrue(storage.isFolder("gs://bucket"));
    assertFalse(storage.isFolder("gs://bucket/i"));
    assertFalse(storage.isFolder("gs://bucket/in/a.jsonl"));
    assertEquals(Set.of("gs://bucket/in/a.jsonl"), paths(storage.list("gs://bucket/in")));
    assertEquals(
        Set.of("gs://bucket/in/a.jsonl", "gs://bucket/in/deep/b.jsonl"),
        paths(storage.listAll("gs://bucket/in/")));
    assertEquals(List.of(), storage.listAll("gs://bucket/none"));
  }

  @Test
  void listsPageByPageAndMatchesGlobs() throws IOException {
    put(
        "x/1.jsonl",
        "x/2.jsonl",
        "x/3.jsonl",
        "x/4.jsonl",
        "x/5.txt",
        "x/y/6.jsonl",
        "x/[7].jsonl");
    assertEquals(6, storage.list("gs://bucket/x").size());
    assertEquals(5, storage.match("gs://bucket/x/*.jsonl").size());
    assertEquals(1, storage.match("gs://bucket/x/*/*.jsonl").size());
    assertEquals(2, storage.match("gs://bucket/x/{1,2}.jsonl").size());
    assertEquals(
        List.of(new StoredFile("gs://bucket/x/[7].jsonl", 11)),
        storage.match("gs://bucket/x/[7].jsonl"));
    assertEquals(List.of(), storage.match("gs://bucket/x/none.jsonl"));
    assertEquals(List.of(), storage.match("gs://bucket/x/[.jsonl"));
  }

  @Test
  void namesTheFilesOfAFolderUpToALimit() throws IOException {
    put("x/1.png", "x/2.png", "x/3.png", "x/4.png", "x/", "x/y/5.png", "x.png");
    Set<String> names = Set.of("1.png", "2.png", "3.png", "4.png");
    assertEquals(Optional.of(names), storage.names("gs://bucket/x/", 4));
    assertEquals(Optional.empty(), storage.names("gs://bucket/x/", 3));
    assertEquals(Optional.of(Set.of()), storage.names("gs://bucket/none", 3));
  }

  @Test
  void readsAnywhere() throws IOException {
    byte[] content = bytes(3_000_000, 1);
    server.put("bucket", "file", content);
    assertArrayEquals(content, read("gs://bucket/file"));
    Random random = new Random(2);
    try (SeekableByteChannel channel = storage.open("gs://bucket/file")) {
      assertEquals(content.length, channel.size());
      for (int i = 0; i < 20; i++) {
        int from = random.nextInt(content.length);
        ByteBuffer got = ByteBuffer.allocate(Math.min(200_000, content.length - from));
        channel.position(from);
        while (got.hasRemaining()) {
          assertTrue(channel.read(got) > 0);
        }
        assertArrayEquals(Arrays.copyOfRange(content, from, from + got.limit()), got.array());
      }
      assertEquals(-1, channel.position(content.length).read(ByteBuffer.allocate(1)));
    }
    server.put("bucket", "empty", new byte[0]);
    assertEquals(0, read("gs://bucket/empty").length);
  }

  @Test
  void writesMovesAndRemoves() throws IOException {
    byte[] content = bytes(20_000_000, 3); // three pieces
    write("gs://bucket/tmp/a", content);
    write("gs://bucket/empty", new byte[0]);
    assertArrayEquals(content, server.objects("bucket", "tmp/").get("a"));
    storage.move("gs://bucket/tmp/a", "gs://bucket/out/ü b+c%2F.jsonl");
    assertEquals(Set.of("empty", "out/ü b+c%2F.jsonl"), server.objects("bucket", "").keySet());
    assertArrayEquals(content, read("gs://bucket/out/ü b+c%2F.jsonl"));
    storage.delete(List.of("gs://bucket/empty", "gs://bucket/none"));
    storage.deleteFolder("gs://bucket/out");
    assertTrue(server.objects("bucket", "").isEmpty());
  }

  @Test
  void losesAndDoublesNothingWhateverFails() throws IOException {
    for (long seed = 0; seed < 3; seed++) {
      server.failing(Faults.random(seed, 0.3, PASSING));
      byte[] content = bytes(9_000_000, seed);
      String path = "gs://bucket/out/" + seed;
      write(path + ".tmp", content);
      storage.move(path + ".tmp", path);
      assertArrayEquals(content, read(path));
      Versions versions = storage.versions(path).orElseThrow();
      long first = versions.write(path + ".json", bytes(100, seed), Versions.ABSENT);
      long second = versions.write(path + ".json", bytes(200, seed), first);
      assertThrows(
          Versions.ChangedException.class,
          () -> versions.write(path + ".json", bytes(300, 0), first));
      assertEquals(second, versions.version(path + ".json"));
    }
    server.failing(Faults.NONE);
    assertEquals(6, storage.listAll("gs://bucket/out").size());
    PASSING.forEach(fault -> assertTrue(server.injected(fault.kind()) > 0, fault.toString()));
  }

  @Test
  void goesOnWhereAnUploadWasCut() throws IOException {
    Predicate<FakeCall> piece = call -> call.method().equals("PUT");
    for (Fault fault : PASSING) {
      server.failing(Faults.first(2, fault, piece));
      byte[] content = bytes(10_000_000, 4);
      write("gs://bucket/file", content);
      assertArrayEquals(content, server.objects("bucket", "").get("file"), fault.toString());
    }
  }

  @Test
  void noticesWrongBytes() throws IOException {
    server.put("bucket", "file", bytes(1000, 5));
    server.failing(Faults.first(1, Fault.WRONG_BYTE, FakeCall::isDownload));
    FileSystemException error =
        assertThrows(FileSystemException.class, () -> read("gs://bucket/file"));
    assertTrue(error.getMessage().contains("CRC32C"), error.getMessage());
  }

  @Test
  void writesOnlyOverTheExpectedVersion() throws IOException {
    String path = "gs://bucket/manifest.json";
    Versions versions = storage.versions(path).orElseThrow();
    assertEquals(Versions.ABSENT, versions.version(path));
    long first = versions.write(path, bytes(10, 6), Versions.ABSENT);
    assertEquals(first, versions.version(path));
    assertThrows(
        Versions.ChangedException.class, () -> versions.write(path, bytes(10, 7), Versions.ABSENT));
    versions.delete(path, first + 1);
    assertEquals(first, versions.version(path));
    versions.delete(path, first);
    assertEquals(Versions.ABSENT, versions.version(path));
  }

  @Test
  void saysWhatIsMissingOrDenied() {
    assertMessage(
        "there is no bucket gs://nowhere",
        UserException.class,
        () -> storage.list("gs://nowhere/x"));
    assertMessage(
        "gs:///x names no bucket; it should be like gs://bucket/folder",
        UserException.class,
        () -> storage.list("gs:///x"));
    server.createBucket("my-bucket");
    assertMessage(
        "gs://my-bucket/bucket",
        NoSuchFileException.class,
        () -> storage.open("gs://my-bucket/bucket"));
    assertMessage("gs://bucket/x", NoSuchFileException.class, () -> storage.open("gs://bucket/x"));
    server.failing(Faults.all(Fault.status(403), call -> true));
    assertMessage(
        "permission denied: gs://bucket/x (403 told to fail); no Google credentials were found: gcloud"
            + " auth application-default login, or GOOGLE_APPLICATION_CREDENTIALS, gives them",
        UserException.class,
        () -> storage.isFile("gs://bucket/x"));
    server.failing(Faults.all(Fault.status(400), call -> true));
    assertMessage(
        "gs://bucket/x: Google Cloud Storage: 400 Bad Request",
        FileSystemException.class,
        () -> write("gs://bucket/x", new byte[10]));
  }

  private static void assertMessage(
      String message,
      Class<? extends Exception> type,
      org.junit.jupiter.api.function.Executable action) {
    assertEquals(message, assertThrows(type, action).getMessage());
  }
}
