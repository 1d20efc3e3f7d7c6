package io.bisift.beam.file;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs of the file pipeline on the direct runner, its checks on, and a look at what they wrote. */
final class DatasetRuns {
  static final long MEGABYTE = 1 << 20;

  private DatasetRuns() {}

  static RunParameters select(
      String input, String output, double ratio, double alpha, int shards, long chunkSize) {
    return new RunParameters(
        Command.SELECT,
        List.of(input),
        output,
        alpha,
        ratio,
        LabelRule.hard(0),
        shards,
        MEGABYTE,
        Compression.NONE,
        null,
        chunkSize,
        null,
        false);
  }

  static RunParameters convert(
      String input, String output, LabelRule labels, int shards, long chunkSize) {
    return new RunParameters(
        Command.CONVERT,
        List.of(input),
        output,
        0.05,
        null,
        labels,
        shards,
        MEGABYTE,
        Compression.NONE,
        null,
        chunkSize,
        null,
        false);
  }

  static void run(RunParameters parameters, int parallelism) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner", "--targetParallelism=" + parallelism)
                .create());
    pipeline.apply(
        BuildDataset.of(RunGroup.of(parameters), "bisift test", UUID.randomUUID().toString()));
    pipeline.run().waitUntilFinish();
  }

  /** SHA-256 of the data shards, one after the other. */
  static String dataSha256(Path output) throws IOException {
    try (Stream<Path> shards = Files.list(output.resolve("data"))) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      shards.sorted().map(DatasetRuns::bytes).forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All files but {@code run.json}, by name; bytes stand as Latin-1. */
  static SortedMap<String, String> files(Path output) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(output)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("run.json"))
          .forEach(
              file ->
                  files.put(
                      output.relativize(file).toString(),
                      new String(bytes(file), StandardCharsets.ISO_8859_1)));
    }
    return files;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
