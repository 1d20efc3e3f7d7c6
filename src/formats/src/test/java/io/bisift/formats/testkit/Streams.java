package io.bisift.formats.testkit;

import io.bisift.core.stream.LogShard;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.log.Compaction;
import io.bisift.formats.log.LogCommitter;
import io.bisift.formats.log.Message;
import io.bisift.formats.log.RecordAppender;
import io.bisift.formats.log.Segment;
import io.bisift.formats.log.SetShape;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.log.StreamParameters;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Growing sets for tests, and what the batch selection makes of the same records. */
public final class Streams {
  public static final StreamParameters PARAMETERS = parameters(1000);

  private Streams() {}

  public static StreamParameters parameters(int idHorizon) {
    return new StreamParameters(
        StreamParameters.Mode.CUMULATIVE,
        0.05,
        0.3,
        LabelRule.hard(0),
        null,
        idHorizon,
        null,
        null);
  }

  /** Of a set that grows by whole files. */
  public static StreamParameters ofFiles(SetShape shape) {
    return new StreamParameters(
        StreamParameters.Mode.FILES, 0.05, 0.3, LabelRule.hard(0), null, 0, shape, null);
  }

  public static StreamFolder open(Storage storage, Path folder) throws IOException {
    StreamFolder stream = new StreamFolder(storage, folder.toString());
    stream.open(PARAMETERS);
    return stream;
  }

  public static LogCommitter committer(StreamFolder stream) {
    return new LogCommitter(stream, PARAMETERS, TestRun.TOOL);
  }

  public static List<Segment> append(Path folder, List<Message> messages) throws IOException {
    try (RecordAppender appender =
        new RecordAppender(new LocalStorage(), folder.toString(), PARAMETERS, ImageCheck.NONE)) {
      for (Message message : messages) {
        appender.append(message);
      }
      return appender.finish();
    }
  }

  public static Message message(LogShard shard, long order, String source, String id, String line) {
    return new Message(shard, order, source, source, id, line.getBytes(StandardCharsets.UTF_8));
  }

  /** The same messages, with what they are grouped by as their sources. */
  public static List<Message> groupsAsSources(List<Message> messages) {
    return messages.stream()
        .map(
            message ->
                new Message(
                    message.shard(),
                    message.order(),
                    "",
                    message.group() + ".jsonl",
                    "",
                    message.line()))
        .toList();
  }

  /** A version as a plain set. */
  public static Manifest compact(StreamFolder stream, long version, Path output)
      throws IOException {
    RunParameters run =
        Compaction.parameters(
            stream, version, PARAMETERS, output.toString(), 1, 1, Compression.NONE, false);
    return new Compaction(new LocalStorage(), stream, version, run, TestRun.TOOL)
        .write(UUID.randomUUID().toString());
  }

  /**
   * What the batch makes of these messages, written source by source in their total order. Ids are
   * left out of the comparison where messages have none of their own.
   */
  public static Manifest select(List<Message> messages, Path annotations, Path output)
      throws IOException {
    Map<String, ByteArrayOutputStream> files = new TreeMap<>();
    List<Message> sorted = new ArrayList<>(messages);
    sorted.sort(Comparator.comparing(Message::shard).thenComparingLong(Message::order));
    for (Message message : sorted) {
      ByteArrayOutputStream file =
          files.computeIfAbsent(message.source(), key -> new ByteArrayOutputStream());
      file.write(message.line());
      file.write('\n');
    }
    Files.createDirectories(annotations);
    for (Map.Entry<String, ByteArrayOutputStream> file : files.entrySet()) {
      Files.write(annotations.resolve(file.getKey()), file.getValue().toByteArray());
    }
    return TestRun.run(
        new LocalStorage(),
        Parameters.select(annotations, output, new Golden.Selection(0.3, 0.05)));
  }

  public static List<String> data(Path set) throws IOException {
    return OutputFiles.lines(set, "data");
  }

  /** Index lines without their ids. */
  public static List<String> index(Path set) throws IOException {
    return OutputFiles.lines(set, "index").stream()
        .map(line -> line.replaceFirst("^\\{\"id\": \"[^\"]*\", ", "{"))
        .toList();
  }

  public static List<String> reasons(Path set) throws IOException {
    return OutputFiles.lines(set, "rejected").stream()
        .map(line -> line.replaceFirst("^.*\"reason\": ", ""))
        .toList();
  }
}
