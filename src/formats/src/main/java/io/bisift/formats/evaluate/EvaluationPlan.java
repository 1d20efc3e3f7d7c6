package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** What a run reads, and in which chunks. */
public final class EvaluationPlan {
  /** Ready scores are worked on in pieces of this size. */
  private static final long CHUNK_BYTES = 4L << 20;

  private EvaluationPlan() {}

  /**
   * The files that a run reads.
   *
   * @throws UserException if there are none
   */
  public static List<SourceFile> files(Storage storage, ResultParameters parameters)
      throws IOException {
    return new ItemSources(storage, parameters.inputOption()).find(parameters.inputs());
  }

  /**
   * Takes the output folder for a run, and cuts what it reads into chunks.
   *
   * @param tool name and version of what runs
   * @param id tells this run from others that want the same folder
   * @throws UserException if the folder may not be taken, or a file cannot be read
   */
  public static void begin(
      Storage storage, ResultParameters parameters, String tool, String id, Consumer<ItemChunk> out)
      throws IOException {
    // what may be replaced is not touched before there is something to replace it with
    List<SourceFile> files = files(storage, parameters);
    new ResultFolder(storage, parameters.output())
        .claim(parameters.asOptions(), parameters.force(), tool, id);
    boolean ready = parameters.scorer() == null;
    String run = Fingerprint.of(parameters.scorer(), parameters.imageRoot(), storage);
    int mostItems = ready ? Integer.MAX_VALUE : parameters.batchSize();
    new ItemChunker(storage, run, mostItems, CHUNK_BYTES, out).cut(files);
  }

  /** Cuts the files of a calibration set into chunks. */
  public static void cutCalibration(
      Storage storage, EvaluationParameters parameters, Consumer<ItemChunk> out)
      throws IOException {
    List<SourceFile> files = new ItemSources(storage, "calibration").find(parameters.calibration());
    new ItemChunker(storage, "", Integer.MAX_VALUE, CHUNK_BYTES, out).cut(files);
  }
}
