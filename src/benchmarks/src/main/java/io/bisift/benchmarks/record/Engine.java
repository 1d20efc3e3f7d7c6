package io.bisift.benchmarks.record;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** What runs a pipeline in this process. */
enum Engine {
  DIRECT {
    @Override
    PipelineOptions options(int parallelism) {
      DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
      options.setRunner(DirectRunner.class);
      options.setTargetParallelism(parallelism);
      options.setEnforceImmutability(false); // these two are for tests: they code every element
      options.setEnforceEncodability(false);
      return options;
    }
  },
  FLINK {
    @Override
    PipelineOptions options(int parallelism) {
      FlinkPipelineOptions options = PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
      options.setRunner(FlinkRunner.class);
      options.setFlinkMaster("[local]");
      options.setParallelism(parallelism);
      return options;
    }
  };

  abstract PipelineOptions options(int parallelism);
}
