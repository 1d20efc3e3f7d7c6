package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.evaluation.Fields;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScores;
import io.bisift.formats.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes items with scores out of the lines of chunks. */
final class ItemWork<U, T> {
  private final Storage storage;
  private final ItemForm<U, T> form;

  ItemWork(Storage storage, ItemForm<U, T> form) {
    this.storage = storage;
    this.form = form;
  }

  /** What came of a chunk, and whether that was so before. */
  record Outcome<T>(ChunkFile<T> file, ChunkOutcome summary, boolean doneBefore) {}

  /**
   * Works on a chunk, unless that was done before, and keeps what comes of it. Ready scores are
   * taken again: that costs no more than to read what was kept.
   *
   * @param scorer null with ready scores
   */
  Outcome<T> work(
      ItemChunk chunk, ResultFolder folder, @Nullable String imageRoot, @Nullable StepScorer scorer)
      throws IOException {
    List<RawLine> lines = chunk.read(storage);
    String key = Fingerprint.of(chunk.run(), lines);
    if (scorer == null) {
      ChunkFile<T> taken = take(chunk, lines);
      return new Outcome<>(taken, taken.write(folder, chunk.number(), key), false);
    }
    Optional<ChunkFile<T>> kept = ChunkFile.read(folder, chunk.number(), key, form);
    if (kept.isPresent()) {
      return new Outcome<>(kept.get(), kept.get().outcome(chunk.number(), key), true);
    }
    ChunkFile<T> scored = score(chunk, lines, imageRoot, scorer);
    return new Outcome<>(scored, scored.write(folder, chunk.number(), key), false);
  }

  /** Takes the scores that a chunk's lines have. */
  ChunkFile<T> take(ItemChunk chunk, List<RawLine> lines) {
    ChunkFile<T> file = new ChunkFile<>(form);
    for (RawLine line : lines) {
      String id = id(chunk, line);
      try {
        Fields fields = Fields.parse(line.text(), 0, line.text().length);
        if (fields != null) {
          file.add(chunk.place(line), form.ready(fields, id));
        }
      } catch (RejectedRecordException e) {
        file.reject(id, line, e);
      }
    }
    return file;
  }

  private static String id(ItemChunk chunk, RawLine line) {
    return chunk.source().name() + ":" + line.number();
  }

  /** An item that waits for its scores, or the reason why it will have none. */
  private record Waiting<U>(
      RawLine line,
      @Nullable U item,
      @Nullable ScoreRequest request,
      @Nullable RejectedRecordException rejection) {}

  private ChunkFile<T> score(
      ItemChunk chunk, List<RawLine> lines, @Nullable String imageRoot, StepScorer scorer)
      throws IOException {
    List<Waiting<U>> waiting = new ArrayList<>();
    List<ScoreRequest> requests = new ArrayList<>();
    for (RawLine line : lines) {
      try {
        Fields fields = Fields.parse(line.text(), 0, line.text().length);
        if (fields != null) {
          U item = form.unscored(fields);
          ScoreRequest request = form.request(item, images(form.images(item), imageRoot));
          waiting.add(new Waiting<>(line, item, request, null));
          if (request != null) {
            requests.add(request);
          }
        }
      } catch (RejectedRecordException e) {
        waiting.add(new Waiting<>(line, null, null, e));
      }
    }
    List<StepScores> answers = requests.isEmpty() ? List.of() : scorer.score(requests);
    if (answers.size() != requests.size()) {
      throw new IllegalStateException(
          answers.size() + " answers of the scorer for " + requests.size() + " requests");
    }
    ChunkFile<T> file = new ChunkFile<>(form);
    int next = 0;
    for (Waiting<U> one : waiting) {
      StepScores answer = one.request == null ? null : answers.get(next++);
      String id = id(chunk, one.line);
      RejectedRecordException rejection = one.rejection;
      try {
        if (rejection == null && one.item != null) {
          file.add(chunk.place(one.line), form.scored(one.item, id, scores(answer)));
        }
      } catch (RejectedRecordException e) {
        rejection = e;
      }
      if (rejection != null) {
        file.reject(id, one.line, rejection);
      }
    }
    return file;
  }

  private static List<Double> scores(@Nullable StepScores answer) throws RejectedRecordException {
    if (answer instanceof StepScores.Rejected rejected) {
      throw new RejectedRecordException(Defect.NOT_SCORED, rejected.reason());
    }
    return answer instanceof StepScores.Scored scored ? scored.scores() : List.of();
  }

  private List<byte[]> images(List<String> names, @Nullable String root)
      throws RejectedRecordException, IOException {
    List<byte[]> images = new ArrayList<>();
    for (String name : names) {
      images.add(image(storage, root, name));
    }
    return images;
  }

  /** A picture's bytes; a name that is a whole path stands for itself. */
  static byte[] image(Storage storage, @Nullable String root, String name)
      throws RejectedRecordException, IOException {
    boolean whole = root == null || name.startsWith("/") || name.contains("://");
    try (InputStream in =
        Channels.newInputStream(storage.open(whole ? name : Storage.resolve(root, name)))) {
      return in.readAllBytes();
    } catch (NoSuchFileException
        | FileNotFoundException
        | InvalidPathException
        | UserException e) { // the last: a scheme that nothing here knows
      throw new RejectedRecordException(Defect.IMAGE_NOT_FOUND, "image not found: " + name);
    }
  }
}
