package io.bisift.model.command;

import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScores;
import io.bisift.core.scoring.StepScores.Rejected;
import io.bisift.core.scoring.StepScores.Scored;
import io.bisift.core.text.JsonBytes;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.model.commandline.ProgressNote;
import io.bisift.model.input.UnusableRecordException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scores records a batch at a time and writes a line for each, in order. Not thread-safe. */
final class ScoreRun {
  private static final double NANOS = 1e9;

  private final StepScorer scorer;
  private final String imageRoot;
  private final int batch;
  private final OutputStream out;
  private final ProgressNote progress;
  private final long start = System.nanoTime();
  private final List<Pending> pending = new ArrayList<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private int requests;
  private long scored;
  private long rejected;

  /** A record that waits: with a request, or with a reason why there is none. */
  private record Pending(
      String id,
      @Nullable ScoringRecord record,
      @Nullable ScoreRequest request,
      @Nullable String reason) {}

  ScoreRun(
      StepScorer scorer, String imageRoot, int batch, OutputStream out, ProgressNote progress) {
    this.scorer = scorer;
    this.imageRoot = imageRoot;
    this.batch = batch;
    this.out = out;
    this.progress = progress;
  }

  /** Takes a line; blank ones are nothing. */
  void line(String id, byte[] buffer, int from, int to) throws IOException {
    if (ScoringRecord.isBlank(buffer, from, to)) {
      return;
    }
    try {
      ScoringRecord record = ScoringRecord.parse(id, buffer, from, to);
      List<byte[]> pictures = new ArrayList<>();
      for (String name : record.images()) {
        pictures.add(picture(name));
      }
      ScoreRequest request = new ScoreRequest(record.question(), record.steps(), pictures);
      pending.add(new Pending(id, record, request, null));
      requests++;
    } catch (UnusableRecordException e) {
      pending.add(new Pending(id, null, null, e.getMessage()));
    }
    if (requests == batch) {
      end();
    }
  }

  private byte[] picture(String name) throws UnusableRecordException {
    String path =
        name.startsWith("/") || name.contains("://") ? name : Storage.resolve(imageRoot, name);
    try (InputStream in = Channels.newInputStream(Storages.of(path).open(path))) {
      return in.readAllBytes();
    } catch (IOException | InvalidPathException e) {
      throw new UnusableRecordException("there is no image " + path);
    }
  }

  /** Scores what waits. */
  void end() throws IOException {
    List<ScoreRequest> waiting = new ArrayList<>();
    for (Pending one : pending) {
      if (one.request() != null) {
        waiting.add(one.request());
      }
    }
    List<StepScores> answers = waiting.isEmpty() ? List.of() : scorer.score(waiting);
    JsonBytes json = new JsonBytes();
    int next = 0;
    for (Pending one : pending) {
      ScoringRecord record = one.record();
      if (record == null) {
        reject(json, one.id(), String.valueOf(one.reason()));
      } else {
        StepScores answer = answers.get(next++);
        if (answer instanceof Scored scores) {
          record.appendTo(json, scores.scores());
          scored++;
        } else if (answer instanceof Rejected why) {
          reject(json, one.id(), why.reason());
        }
      }
      json.raw("\n");
    }
    json.writeTo(out);
    pending.clear();
    requests = 0;
    double seconds = (System.nanoTime() - start) / NANOS;
    progress.show(
        String.format(
            Locale.ROOT,
            "scoring  %,d records, %,d rejected  %.1f/s",
            scored,
            rejected,
            scored / seconds));
  }

  private void reject(JsonBytes json, String id, String reason) {
    ScoringRecord.appendRejected(json, id, reason);
    rejected++;
    reasons.merge(reason, 1L, Long::sum);
  }

  long scored() {
    return scored;
  }

  long rejected() {
    return rejected;
  }

  /** Why records were rejected: each reason with its count, the first ten. */
  List<String> reasons() {
    return reasons.entrySet().stream()
        .limit(10)
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .toList();
  }
}
