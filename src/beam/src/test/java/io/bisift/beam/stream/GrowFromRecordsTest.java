package io.bisift.beam.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.beam.BeamTest;
import io.bisift.core.stream.LogShard;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.StreamFolder;
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
