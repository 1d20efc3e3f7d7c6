package io.bisift.formats.testkit.gcs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.NoCredentials;
import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.gcs.GcsClient;
import io.bisift.formats.storage.gcs.GcsStorage;
import io.bisift.formats.testkit.OutputFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs on a fake server, and a look at what they left there. */
public final class GcsRuns {
  public static final String BUCKET = "bucket";

  private GcsRuns() {}

  /** A server with one empty bucket. */
  public static FakeGcs server() throws IOException {
    FakeGcs server = new FakeGcs(/* pageSize= */ 4);
    server.createBucket(BUCKET);
    return server;
  }

  /** The server's storage by Google's client. */
  public static Storage storage(FakeGcs server) {
    return new GcsStorage(GcsClient.of(server.host(), NoCredentials.getInstance(), null));
  }

  /** What a run is told. */
  public static RunParameters parameters(
      String input, String output, @Nullable Double ratio, int shards, boolean force) {
    return new RunParameters(
        ratio == null ? Command.CONVERT : Command.SELECT,
        List.of(input),
        output,
        0.05,
        ratio,
        LabelRule.hard(0),
        shards,
        1 << 20,
        Compression.NONE,
        null,
        32 << 10,
        null,
        force);
  }

  /**
   * Lets runs begin at the same moment. Each that does not get through must say why in one line.
   *
   * @return the indices of those that got through
   */
  public static List<Integer> race(List<Callable<?>> runs) throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(runs.size());
    ExecutorService threads = Executors.newFixedThreadPool(runs.size());
    List<Future<?>> ends = new ArrayList<>();
    for (Callable<?> run : runs) {
      ends.add(
          threads.submit(
              () -> {
                start.await();
                return run.call();
              }));
    }
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < ends.size(); i++) {
      try {
        ends.get(i).get();
        winners.add(i);
      } catch (ExecutionException e) {
        assertTrue(e.getCause() instanceof UserException, () -> "" + e.getCause());
        assertFalse(e.getCause().getMessage().contains("\n"), e.getCause().getMessage());
      }
    }
    threads.shutdown();
    return winners;
  }

  /** As {@link OutputFiles#checksums}, of a folder in the bucket. */
  public static Map<String, String> checksums(FakeGcs server, String folder) {
    Map<String, String> checksums = new TreeMap<>();
    server
        .objects(BUCKET, folder + "/")
        .forEach(
            (name, bytes) -> {
              if (!name.endsWith("run.json")) {
                checksums.put(name, OutputFiles.sha256(bytes));
              }
            });
    return checksums;
  }
}
