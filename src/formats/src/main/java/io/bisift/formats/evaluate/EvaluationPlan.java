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

  /** The files that are evaluated. */
  public static List<SourceFile> files(Storage storage, EvaluationParameters parameters)
      throws IOException {
    return new ItemSources(storage).find(parameters.inputs());
  }

  /** The files of candidates. */
  public static List<SourceFile> files(Storage storage, RerankParameters parameters)
      throws IOException {
    return new ItemSources(storage).find(parameters.candidates());
  }

  /**
   * Cuts the files into chunks.
   *
   * @throws UserException if a file cannot be read
   */
  public static void cut(
      Storage storage,
      EvaluationParameters parameters,
      List<SourceFile> files,
      Consumer<ItemChunk> out)
      throws IOException {
    String run = Fingerprint.of(parameters.scorer(), parameters.imageRoot(), storage);
    int mostItems = parameters.scorer() == null ? Integer.MAX_VALUE : parameters.batchSize();
    new ItemChunker(storage, run, mostItems, CHUNK_BYTES, out).cut(files);
  }

  /**
   * Cuts files of candidates into chunks.
   *
   * @throws UserException if a file cannot be read
   */
  public static void cut(
      Storage storage, RerankParameters parameters, List<SourceFile> files, Consumer<ItemChunk> out)
      throws IOException {
    String run = Fingerprint.of(parameters.scorer(), parameters.imageRoot(), storage);
    int mostItems = parameters.scorer() == null ? Integer.MAX_VALUE : parameters.batchSize();
    new ItemChunker(storage, run, mostItems, CHUNK_BYTES, out).cut(files);
  }

  /** Cuts the files of a calibration set into chunks. */
  public static void cutCalibration(
      Storage storage, EvaluationParameters parameters, Consumer<ItemChunk> out)
      throws IOException {
    List<SourceFile> files = new ItemSources(storage).find(parameters.calibration());
    new ItemChunker(storage, "", Integer.MAX_VALUE, CHUNK_BYTES, out).cut(files);
  }
}
