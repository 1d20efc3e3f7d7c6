package io.bisift.beam.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.formats.log.FileSelection;
import io.bisift.formats.log.SourceSet;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;

/** Makes the set of each file. */
final class SelectFileFn extends DoFn<String, SourceSet> {
  private final StreamTarget target;
  private final Counter read = StreamMetrics.counter(StreamMetrics.RECORDS_READ);
  private final Counter rejected = StreamMetrics.counter(StreamMetrics.RECORDS_REJECTED);

  SelectFileFn(StreamTarget target) {
    this.target = target;
  }

  @ProcessElement
  public void processElement(
      @Element String file, PipelineOptions options, OutputReceiver<SourceSet> out)
      throws IOException {
    Storage storage = new BeamStorage(options);
    StreamFolder folder = new StreamFolder(storage, target.folder());
    folder.open(target.parameters());
    Optional<SourceSet> set =
        new FileSelection(storage, folder, target.parameters(), target.tool()).select(file);
    if (set.isPresent()) {
      read.inc(set.get().counts().records());
      rejected.inc(set.get().counts().rejected());
      out.output(set.get());
    }
  }
}
