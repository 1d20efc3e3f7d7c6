package io.bisift.formats.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.shard.WrittenShard;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.synth.Synth;
import io.bisift.formats.synth.SynthParameters;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRunTest {
  private static final Golden.Selection SELECTION = new Golden.Selection(0.05, 0.2);

  @TempDir Path folder;

  private Path corpus(boolean arbitraryScores, Compression compression) throws IOException {
    Path corpus = folder.resolve("corpus");
    SynthParameters parameters =
        new SynthParameters(0.002, 5, 0.02, arbitraryScores, false, null, compression);
    new Synth(parameters, corpus).write("test", 2, false);
    return corpus;
  }

  private List<Manifest> run(RunParameters told, int threads, FirstPass.Memory memory)
      throws IOException {
    LocalStorage storage = new LocalStorage();
    List<SourceFile> sources = new SourceFinder(storage).find(told.annotations());
    try (LocalRun run =
        new LocalRun(storage, RunGroup.of(told), sources, TestRun.TOOL, threads, memory)) {
      return run.write(UUID.randomUUID().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, NONE, 2000, 3",
    "true, NONE, 5000, 2",
    "true, GZIP, 1000, 4",
    "false, ZSTD, 1000, 1",
  })
  void writesTheSameHoweverLittleItRemembers(
      boolean arbitraryScores, Compression compression, long chunkSize, int threads)
      throws IOException {
    Path corpus = corpus(arbitraryScores, compression);
    Map<String, String> expected = null;
    for (FirstPass.Memory memory :
        List.of(
            FirstPass.Memory.USUAL,
            new FirstPass.Memory(0, Long.MAX_VALUE),
            new FirstPass.Memory(0, 0),
            new FirstPass.Memory(20_000, 20_000))) {
      Path output = folder.resolve("out" + memory.tables() + "-" + memory.keys());
      Parameters told = Parameters.select(corpus, output, SELECTION).withShards(3);
      run(told.withChunkSize(chunkSize).build(), threads, memory);
      if (expected == null) {
        expected = OutputFiles.checksums(output);
      }
      assertEquals(expected, OutputFiles.checksums(output), memory.toString());
    }
  }

  @Test
  void writesWhatOneWriterForEachTaskWrites() throws IOException {
    Path corpus = corpus(false, Compression.NONE);
    Path output = folder.resolve("out");
    for (Parameters told :
        List.of(
            Parameters.convert(corpus, output).withShards(40).withChunkSize(700),
            Parameters.convert(corpus, output).withShards(2000),
            Parameters.select(corpus, output, SELECTION).withShards(7).withChunkSize(9000))) {
      RunParameters parameters = told.withForce().build();
      List<Manifest> manifests = run(parameters, 3, FirstPass.Memory.USUAL);
      Map<String, String> written = OutputFiles.checksums(output);
      TestRun.Plan plan = TestRun.plan(new LocalStorage(), parameters);
      List<WrittenShard> again = TestRun.write(new LocalStorage(), parameters, plan);
      assertEquals(
          manifests.get(0).shards().stream().map(Manifest.Shard::data).toList(),
          again.stream()
              .filter(shard -> shard.indexFile() != null)
              .map(WrittenShard::file)
              .toList());
      assertEquals(written, OutputFiles.checksums(output));
    }
  }

  @Test
  void makesSeveralSetsAtOnceThatAreTheOnesMadeAlone() throws IOException {
    Path corpus = corpus(false, Compression.NONE);
    RunParameters whole =
        Parameters.select(corpus, folder.resolve("x"), SELECTION).withChunkSize(4000).build();
    List<RunParameters> together = new ArrayList<>();
    for (double alpha : new double[] {0, 0.05, 0.2}) {
      for (double ratio : new double[] {0.01, 0.3, 1}) {
        String name = "-" + alpha + "-" + ratio;
        together.add(whole.subset(alpha, ratio, folder.resolve("together" + name).toString()));
        RunParameters alone = whole.subset(alpha, ratio, folder.resolve("alone" + name).toString());
        run(alone, 2, FirstPass.Memory.USUAL);
      }
    }
    TestRun.run(new LocalStorage(), new RunGroup(together), 3);
    for (RunParameters run : together) {
      Path made = Path.of(run.output());
      Path alone = folder.resolve(made.getFileName().toString().replace("together", "alone"));
      assertEquals(OutputFiles.checksums(alone), OutputFiles.checksums(made), run.output());
    }
  }

  @Test
  void stopsWhereverItIsWhenItIsCancelled() throws Exception {
    Path corpus = corpus(false, Compression.NONE);
    for (int opens : new int[] {1, 2, 20, 50, 120}) {
      Path output = folder.resolve("out" + opens);
      CountDownLatch reached = new CountDownLatch(opens);
      StorageWrapper slow =
          new StorageWrapper() {
            @Override
            public ReadableByteChannel open(String path) throws IOException {
              reached.countDown();
              if (reached.getCount() == 0) {
                try {
                  new CountDownLatch(1).await(); // until interrupted
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
              return super.open(path);
            }
          };
      RunParameters told =
          Parameters.select(corpus, output, SELECTION).withChunkSize(30_000).build();
      List<SourceFile> sources = new SourceFinder(new LocalStorage()).find(told.annotations());
      AtomicReference<Throwable> end = new AtomicReference<>();
      try (LocalRun run = new LocalRun(slow, RunGroup.of(told), sources, "test", 2)) {
        Thread caller =
            new Thread(() -> end.set(assertThrows(RuntimeException.class, () -> run.write("id"))));
        caller.start();
        reached.await();
        run.cancel();
        caller.join();
      }
      assertTrue(
          end.get() instanceof CancellationException || end.get() instanceof UserException,
          String.valueOf(end.get()));
      assertTrue(!OutputFiles.names(output).contains("manifest.json"));
    }
  }
}
