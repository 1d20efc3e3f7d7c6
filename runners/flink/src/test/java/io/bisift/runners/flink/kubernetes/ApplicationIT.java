package io.bisift.runners.flink.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.pipelines.commandline.RunnerDefaults;
import io.bisift.runners.flink.Sets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A manifest's cluster for one job, which does what the manifest says. */
@Timeout(300)
class ApplicationIT {
  @TempDir Path folder;

  @Test
  void aSelectionHasTheBytesOfTheLaptop() throws Exception {
    Path data = folder.resolve("data");
    Path annotations = data.resolve("raw/annotations");
    Sets.run(RunnerDefaults.NONE, "synth", "--output", annotations, "--scale=0.02", "--bad=0.01");
    try (ApplicationCluster cluster =
        new ApplicationCluster(
            folder, "select-application.yaml", 2, Map.of("/data/", data + "/"))) {
      String job = cluster.awaitJob();
      assertTrue(cluster.metrics().contains("flink_jobmanager_numRunningJobs"));
      while (!cluster.rest().status(job).ended()) {
        Thread.sleep(100);
      }
      assertEquals("FINISHED", cluster.rest().status(job).state());
    }
    Path laptop = folder.resolve("laptop");
    Sets.runLocally(
        "select",
        "--annotations=" + annotations,
        "--output=" + laptop,
        "--top-ratio=0.1",
        "--alpha=0.2",
        "--shards=8");
    Sets.assertSame(laptop, data.resolve("sets/bis-10"));
    assertTrue(Files.isDirectory(data.resolve("flink/ha")));
  }
}
