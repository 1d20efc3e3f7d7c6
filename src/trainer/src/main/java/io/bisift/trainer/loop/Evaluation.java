package io.bisift.trainer.loop;

import io.bisift.core.UserException;
import io.bisift.trainer.feed.Ahead;
import io.bisift.trainer.feed.BatchLimit;
import io.bisift.trainer.feed.RejectedLog;
import io.bisift.trainer.feed.Sample;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.feed.SampleLoader.Loaded;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Evaluates on a held-out set.
 *
 * @param threshold label above which a step is right
 */
public record Evaluation(
    SampleLoader loader,
    BatchLimit limit,
    RejectedLog rejected,
    double threshold,
    int threads,
    int ahead) {

  /** Scores the whole set. */
  Metrics run(Trainee model) {
    List<Boolean> right = new ArrayList<>();
    List<Double> scores = new ArrayList<>();
    double loss = 0;
    try (Ahead<Integer, Loaded> loaded =
        new Ahead<>(
            IntStream.range(0, loader.set().size()).boxed().iterator(),
            record -> () -> loader.load(record),
            threads,
            ahead)) {
      Iterator<List<Sample>> batches =
          limit.cut(usable(loaded).iterator(), sample -> sample.encoded().length());
      while (batches.hasNext()) {
        List<Sample> batch = batches.next();
        Trainee.Judgement judgement = model.judge(batch);
        scores.addAll(judgement.scores());
        loss += judgement.loss() * judgement.scores().size();
        batch.forEach(s -> s.targets().forEach(t -> right.add(t.label() > threshold)));
      }
    }
    if (scores.isEmpty()) {
      throw UserException.failure(
          "no record of the held-out set can be used; the reasons are in rejected.jsonl");
    }
    return Metrics.of(loss / scores.size(), right, scores);
  }

  private Iterable<Sample> usable(Iterator<Loaded> loaded) {
    Iterable<Loaded> all = () -> loaded;
    return () ->
        StreamSupport.stream(all.spliterator(), false)
            .flatMap(
                record -> {
                  if (record instanceof Loaded.Usable usable) {
                    return Stream.of(usable.sample());
                  }
                  rejected.add((Loaded.Rejected) record);
                  return Stream.empty();
                })
            .iterator();
  }
}
