package io.bisift.pipelines.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.http.Fault;
import io.bisift.formats.testkit.http.Faults;
import io.bisift.formats.testkit.pubsub.FakePubsub;
import io.bisift.pipelines.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | nothing to read: name folders to watch with --annotations, brokers with --kafka, or a",
        "--annotations in --kafka a:1 | --annotations and --kafka exclude each other",
        "--kafka a:1 --cumulative | --topics is missing: name the topics to read",
        "--kafka a:1 --topics t | --kafka needs either --cumulative, a cut over all records so far,",
        "--kafka a:1 --topics t --cumulative --window 1h | --kafka needs either --cumulative",
        "--annotations in --window 1h | --window and --cumulative need --kafka or --pubsub",
        "--annotations in --pubsub projects/p/subscriptions/s | --annotations and --pubsub exclude each",
        "--annotations in --pubsub-url http://a:1 | --pubsub-url needs --pubsub, the subscription to",
        "--pubsub rollouts --cumulative | --pubsub must be like projects/my-project/subscriptions/my-",
        "--pubsub projects/p/topics/t --cumulative | my-subscription, was projects/p/topics/t",
        "--pubsub projects/p/subscriptions/s | --pubsub needs either --cumulative, a cut over all",
        "--pubsub projects/p/subscriptions/s --window 1h | --window with --pubsub needs an --allowed-",
        "--pubsub projects/p/subscriptions/s --cumulative --window 1h | --pubsub needs either --cumul",
        "--pubsub projects/p/subscriptions/s --cumulative --id-horizon 0 | --pubsub needs an --id-hori",
        "--pubsub projects/p/subscriptions/s --cumulative --pubsub-url localhost:8085 | --pubsub-url must",
        "--kafka a:1 --topics t --window 0s | --window must be a time such as 10s, 5m or 1h, was 0s",
        "--kafka a:1 --topics t --window 1h --allowed-lateness soon | --allowed-lateness must be",
        "--annotations in --publish-every soon | --publish-every must be a time such as 10s",
        "--annotations in --poll-every 0s | --poll-every must be a time such as 10s",
        "--annotations in --shards 0 | --shards must be at least 1, was 0",
        "--annotations in --top-ratio 2 | --top-ratio must be above 0 and at most 1, was 2.0",
        "--kafka a:1 --topics t --cumulative --kafka-settings x | --kafka-settings takes NAME=VALUE",
      })
  void refusesWhatMakesNoSense(String options, String message) {
    List<Object> args = new ArrayList<>(List.of("stream", "--output", folder.resolve("set")));
    if (!options.isEmpty()) {
      args.addAll(List.of(options.split(" ")));
    }
    Cli cli = Cli.run(args.toArray());
    assertEquals(2, cli.exitCode(), cli.err());
    assertTrue(cli.err().contains(message), cli.err());
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertFalse(Files.exists(folder.resolve("set")));
  }

  private Cli pull(String url) {
    return Cli.run(
        "stream",
        "--pubsub",
        FakePubsub.SUBSCRIPTION,
        "--pubsub-url",
        url,
        "--cumulative",
        "--output",
        folder.resolve("set"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | bisift: Pub/Sub has no subscription projects/my-project/subscriptions/bisift-rollouts: make",
        "403 | bisift: permission denied: projects/my-project/subscriptions/bisift-rollouts (403 told to",
        "401 | bisift: permission denied: projects/my-project/subscriptions/bisift-rollouts (401 Unau",
        "400 | bisift: Pub/Sub refuses to read projects/my-project/subscriptions/bisift-rollouts: 400",
      })
  void saysWhyPubsubGivesNothing(int status, String message) throws IOException {
    try (FakePubsub server = new FakePubsub()) {
      server.failing(Faults.all(Fault.status(status), call -> true));
      Cli cli = pull(server.url());
      assertEquals(1, cli.exitCode(), cli.err());
      assertEquals(1, cli.err().lines().count(), cli.err());
      assertTrue(cli.err().startsWith(message), cli.err());
    }
  }

  @Test
  void saysThatPubsubDoesNotAnswer() throws IOException {
    String url;
    try (FakePubsub server = new FakePubsub()) {
      url = server.url();
    }
    Cli cli = pull(url);
    assertEquals(1, cli.exitCode(), cli.err());
    assertEquals(1, cli.err().lines().count(), cli.err());
    assertTrue(cli.err().startsWith("bisift: Pub/Sub does not answer at " + url), cli.err());
  }

  private StreamFolder stream(int versions) throws IOException {
    Path set = folder.resolve("growing");
    StreamFolder stream = Streams.open(new LocalStorage(), set);
    for (int version = 0; version < versions; version++) {
      Streams.committer(stream)
          .commit(Streams.append(set, messages(20 * version, 20 * (version + 1))), List.of());
    }
    return stream;
  }

  private static List<Message> messages(int from, int to) {
    List<Message> messages = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String line = Rollouts.line(i + ".png", 1 + i % 13).strip();
      messages.add(Streams.message(new LogShard("t", 0), i, "a.jsonl", "a.jsonl:" + (i + 1), line));
    }
    return messages;
  }

  /** Records with ids of their own make the very bytes of select, index included. */
  @Test
  void compactWritesWhatSelectWrites() throws IOException {
    stream(3);
    Path plain = folder.resolve("plain");
    Cli cli =
        Cli.run("compact", "--stream", folder.resolve("growing"), "--output", plain, "--shards", 2);
    assertEquals(0, cli.exitCode(), cli.err());
    assertEquals(plain + ": version 3, 18 records in 2 data files", cli.out().strip());
    Path selected = folder.resolve("selected");
    Streams.select(messages(0, 60), folder.resolve("annotations"), selected);
    assertEquals(Streams.data(selected), Streams.data(plain));
    assertEquals(
        Files.readString(selected.resolve("index/part-00000-of-00001.jsonl")),
        Files.readString(plain.resolve("index/part-00000-of-00002.jsonl"))
            + Files.readString(plain.resolve("index/part-00001-of-00002.jsonl")));
  }

  @Test
  void compactTakesAnOlderVersion() throws IOException {
    stream(3);
    Path plain = folder.resolve("plain");
    Cli cli =
        Cli.run(
            "compact",
            "--stream",
            folder.resolve("growing"),
            "--manifest",
            1,
            "--output",
            plain,
            "--quiet");
    assertEquals(0, cli.exitCode(), cli.err());
    Path selected = folder.resolve("selected");
    Streams.select(messages(0, 20), folder.resolve("annotations"), selected);
    assertEquals(Streams.data(selected), Streams.data(plain));
  }

  @Test
  void compactSaysWhatIsMissing() throws IOException {
    Cli none = Cli.run("compact", "--stream", folder, "--output", folder.resolve("x"));
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains(folder + " is no growing set of bisift stream"), none.err());
    stream(1);
    Cli later =
        Cli.run(
            "compact",
            "--stream",
            folder.resolve("growing"),
            "--manifest",
            7,
            "--output",
            folder.resolve("x"));
    assertEquals(1, later.exitCode());
    assertTrue(later.err().contains("0000000007.json is missing"), later.err());
  }

  @Test
  void replayTakesInWhatWasMended() throws IOException {
    StreamFolder stream = stream(1);
    Path growing = folder.resolve("growing");
    Message broken = Streams.message(new LogShard("t", 0), 20, "a.jsonl", "", "{");
    Streams.committer(stream).commit(Streams.append(growing, List.of(broken)), List.of());
    Path today = folder.resolve("today");
    Cli compacted = Cli.run("compact", "--stream", growing, "--output", today);
    assertEquals(0, compacted.exitCode(), compacted.err());
    Path file = today.resolve("rejected/part-00000-of-00001.jsonl");
    String line = Files.readString(file);
    assertTrue(line.startsWith("{\"id\": \"a.jsonl:t-0:20\", \"source\": \"a.jsonl\", "), line);
    Object[] replay = {"stream", "--output", growing, "--replay", today.resolve("rejected")};
    Cli bad = Cli.run(replay);
    assertEquals(0, bad.exitCode(), bad.err());
    assertTrue(
        bad.out().contains("version 2, 0 records taken in, 0 taken in before, 1 still"), bad.out());
    Files.writeString(
        file,
        line.replaceFirst("\"raw\": .*", "\"raw\": " + Rollouts.line("x.png", 8).strip() + "}"));
    Cli taken = Cli.run(replay);
    assertEquals(
        growing + ": version 3, 1 records taken in, 0 taken in before, 0 still cannot be used",
        taken.out().strip());
    Cli again = Cli.run(replay);
    assertTrue(
        again.out().contains("version 3, 0 records taken in, 1 taken in before"), again.out());
  }

  @Test
  void replaySaysWhatIsMissing() throws IOException {
    Cli none = Cli.run("stream", "--output", folder.resolve("no"), "--replay", folder);
    assertEquals(2, none.exitCode(), none.err());
    assertTrue(none.err().contains("no is no growing set of bisift stream"), none.err());
    stream(1);
    Cli empty = Cli.run("stream", "--output", folder.resolve("growing"), "--replay", folder);
    assertEquals(2, empty.exitCode(), empty.err());
    assertTrue(empty.err().contains("no rejected records (.jsonl) in " + folder), empty.err());
    Cli both = Cli.run("stream", "--output", "x", "--replay", folder, "--annotations", folder);
    assertEquals(2, both.exitCode(), both.err());
    assertTrue(both.err().contains("leave --annotations out"), both.err());
  }
}
