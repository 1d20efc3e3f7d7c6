package io.bisift.benchmarks.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.benchmarks.SampleLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines get through the pipeline, and select the same. */
final class RecordPipelineTest {
  private static final int ROLLOUTS = 563;

  @TempDir Path folder;
  private List<String> files;

  @BeforeEach
  void makeLines() throws Exception {
    Path file = folder.resolve("sample.jsonl");
    Files.write(file, SampleLines.make(0.001, /* arbitraryScores= */ false).bytes());
    files = List.of(file.toString());
  }

  @Test
  void enginesAgree() {
    RecordPipeline.Result direct = run(Engine.DIRECT, Stage.ALL);
    assertEquals(ROLLOUTS, direct.lines());
    assertEquals(ROLLOUTS / 10, direct.results());

    RecordPipeline.Result flink = run(Engine.FLINK, Stage.ALL);
    assertEquals(direct.lines(), flink.lines());
    assertEquals(direct.results(), flink.results());
    assertEquals(direct.checksum(), flink.checksum());
  }

  @Test
  void earlierStagesGiveWhatTheirNamesSay() {
    assertEquals(ROLLOUTS, run(Engine.DIRECT, Stage.READ).results());
    assertEquals(ROLLOUTS, run(Engine.DIRECT, Stage.PARSE).results());
    assertEquals(ROLLOUTS / 10, run(Engine.DIRECT, Stage.SELECT).results());
  }

  private RecordPipeline.Result run(Engine engine, Stage stage) {
    return new RecordPipeline(engine, /* parallelism= */ 2, files).run(stage);
  }
}
