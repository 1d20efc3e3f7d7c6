package io.bisift.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.beam.BeamTest;
import io.bisift.core.stream.EventWindows;
import io.bisift.core.stream.LogShard;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.Streams;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class GrowFromRecordsTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @TempDir Path folder;

  private StreamTarget target() {
    return new StreamTarget(
        folder.resolve("set").toString(),
        Streams.PARAMETERS,
        TestRun.TOOL,
        Duration.standardSeconds(1));
  }

  private static List<Message> messages(int count) {
    List<Message> messages = new ArrayList<>();
    for (int partition = 0; partition < 2; partition++) {
      for (int i = 0; i < count; i++) {
        String line = i % 50 == 7 ? "{broken" : Rollouts.line(i + ".png", 1 + i % 11).strip();
        LogShard shard = new LogShard("t", partition);
        messages.add(Streams.message(shard, i, i % 3 == 0 ? "b" : "a.jsonl", "", line));
      }
    }
    return messages;
  }

  private static void grow(Pipeline pipeline, List<Message> messages, StreamTarget target) {
    pipeline
        .apply(Create.of(messages).withCoder(StreamCoders.MESSAGE))
        .apply(GrowFromRecords.of(target));
  }

  private void checkSelected(List<Message> messages, String name) throws IOException {
    StreamFolder stream = new StreamFolder(new LocalStorage(), target().folder());
    Path plain = folder.resolve("plain" + name);
    Path selected = folder.resolve("selected" + name);
    Streams.compact(stream, stream.latestVersion(), plain);
    List<Message> named =
        messages.stream()
            .map(
                message ->
                    message.source().equals("b")
                        ? new Message(
                            message.shard(), message.order(), "", "b.jsonl", "", message.line())
                        : message)
            .toList();
    Streams.select(named, folder.resolve("annotations" + name), selected);
    assertEquals(Streams.data(selected), Streams.data(plain));
    assertEquals(Streams.index(selected), Streams.index(plain));
    assertEquals(Streams.reasons(selected), Streams.reasons(plain));
  }

  @Test
  void keepsTheBestOfEachWindow() throws IOException {
    EventWindows windows = new EventWindows(60_000, 86_400_000, 60_000);
    StreamParameters parameters =
        new StreamParameters(
            StreamParameters.Mode.WINDOWS, 0.05, 0.3, LabelRule.hard(0), null, 0, null, windows);
    StreamTarget target =
        new StreamTarget(target().folder(), parameters, TestRun.TOOL, Duration.standardSeconds(1));
    List<Message> messages = new ArrayList<>();
    for (Message message : messages(200)) {
      long time = 1_700_000_000_000L + 7 * (message.order() * 7919 % 40_000);
      messages.add(
          new Message(
              message.shard(),
              message.order(),
              windows.group("a.jsonl", time),
              "a.jsonl",
              "",
              message.line(),
              time));
    }
    beam.pipeline()
        .apply(Create.of(messages).withCoder(StreamCoders.MESSAGE))
        .apply(GrowFromRecords.of(target).expecting(() -> List.of(new LogShard("t", 0))));
    beam.run();
    StreamFolder stream = new StreamFolder(new LocalStorage(), target.folder());
    long version = stream.latestVersion();
    assertEquals(5, stream.groups(version).size());
    assertEquals(0, stream.manifest(version).windows().late());
    List<Message> asSources = Streams.groupsAsSources(messages);
    Streams.select(asSources, folder.resolve("annotations"), folder.resolve("selected"));
    Streams.compact(stream, version, folder.resolve("plain"));
    assertEquals(Streams.data(folder.resolve("selected")), Streams.data(folder.resolve("plain")));
  }

  /** The second run reads everything again, and more. */
  @Test
  void aRunThatReadsAllAgainAddsWhatIsNew() throws IOException {
    List<Message> first = messages(200);
    grow(beam.pipeline(), first, target());
    beam.run();
    checkSelected(first, "1");

    List<Message> more = messages(333);
    Pipeline second =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=2")
                .create());
    grow(second, more, target());
    second.run().waitUntilFinish();
    checkSelected(more, "2");
  }
}
