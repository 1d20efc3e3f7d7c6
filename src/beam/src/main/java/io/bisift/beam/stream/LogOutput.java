package io.bisift.beam.stream;

import io.bisift.beam.storage.BeamStorage;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.log.RecordAppender;
import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.scan.ImageFiles;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;

/** The log of a growing set, on a worker that appends to it. */
public final class LogOutput {
  private final StreamTarget target;
  private final Storage storage;
  private final StreamFolder folder;
  private final ImageCheck images;

  private LogOutput(StreamTarget target, Storage storage, StreamFolder folder, ImageCheck images) {
    this.target = target;
    this.storage = storage;
    this.folder = folder;
    this.images = images;
  }

  /**
   * Opens the set.
   *
   * @throws io.bisift.core.UserException if the folder holds anything else, or a stream that was
   *     told otherwise
   */
  public static LogOutput open(StreamTarget target, PipelineOptions options) throws IOException {
    Storage storage = new BeamStorage(options);
    StreamFolder folder = new StreamFolder(storage, target.folder());
    folder.open(target.parameters());
    String root = target.parameters().imageRoot();
    ImageCheck images = root == null ? ImageCheck.NONE : new ImageFiles(storage, root);
    return new LogOutput(target, storage, folder, images);
  }

  public StreamFolder folder() {
    return folder;
  }

  /** What makes the next segments. */
  public RecordAppender appender() {
    return new RecordAppender(storage, target.folder(), target.parameters(), images);
  }
}
