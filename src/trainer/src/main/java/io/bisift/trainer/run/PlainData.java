package io.bisift.trainer.run;

import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.Course;
import io.bisift.trainer.feed.EpochOrder;
import io.bisift.trainer.feed.FixedCourse;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.log.RunLog;
import java.util.Map;
import java.util.function.Function;

/** A set that stays as it is. */
record PlainData(TrainingSet set) implements TrainingData {
  @Override
  public Map<String, String> identity() {
    return Map.of("the training set (SHA-256 of its manifest)", set.fingerprint());
  }

  @Override
  public Course course(
      EpochOrder order, Function<TrainingSet, SampleLoader> loaders, long from, RunLog log) {
    return new FixedCourse(loaders.apply(set), order);
  }

  @Override
  public int updatesOfEpoch(EpochOrder order) {
    return order.updates(set.size());
  }

  @Override
  public void close() {
    set.close();
  }
}
