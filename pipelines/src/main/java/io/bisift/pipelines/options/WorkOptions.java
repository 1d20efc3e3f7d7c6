package io.bisift.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How the work is cut up. Nothing here changes a byte of the output. */
@Heading("Work")
public interface WorkOptions extends PipelineOptions {
  @Description(
      "Size of the pieces that an uncompressed file is read in, in bytes or with a unit (4MB;"
          + " 1 KB = 1024 bytes). The output does not depend on it")
  @Default.String("16MB")
  @ValueName("SIZE")
  String getChunkSize();

  void setChunkSize(String chunkSize);

  /** Beam's Flink runner has this option too, so type and default are the same as there. */
  @Description(
      "How many pieces are worked on at once; e.g. 4. Not given: as many as this machine has cores,"
          + " or the cluster has slots. The output does not depend on it")
  @Default.Integer(WorkOptions.NOT_GIVEN)
  @AtLeast(1)
  @ValueName("N")
  Integer getParallelism();

  void setParallelism(Integer parallelism);

  int NOT_GIVEN = -1;

  /** How many pieces this machine works on at once. */
  static int onThisMachine(int parallelism) {
    return parallelism == NOT_GIVEN ? Runtime.getRuntime().availableProcessors() : parallelism;
  }
}
