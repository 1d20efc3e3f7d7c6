package io.bisift.trainer.run;

import io.bisift.core.UserException;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.data.GrowingSet;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.Course;
import io.bisift.trainer.feed.EpochOrder;
import io.bisift.trainer.feed.Follow;
import io.bisift.trainer.feed.GrowingCourse;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.feed.VersionChoice;
import io.bisift.trainer.feed.VersionRecord;
import io.bisift.trainer.log.RunLog;
import java.util.Map;
import java.util.function.Function;

/**
 * A growing set, whose newest version is taken up now and then.
 *
 * @param first version to begin with; 0: the newest
 */
record GrowingData(GrowingSet set, VersionChoice versions, Follow follow, long first)
    implements TrainingData {

  static TrainingData open(GrowingSet set, Options options, RunFolder folder) {
    DataOptions data = options.data;
    Follow follow = Follow.of(data.follow);
    if (!follow.isNever() && options.batch.maxUpdates == 0) {
      throw UserException.usage(
          "a run that follows a growing set needs --max-updates, for which the learning rate is"
              + " planned; or --follow never, to stay with the version it begins with");
    }
    if (data.versions != null && data.trainVersion > 0) {
      throw UserException.usage("give --train-version or --versions, not both");
    }
    VersionRecord record = VersionRecord.open(folder.versions());
    return new GrowingData(
        set,
        new VersionChoice(set, record, data.versions, data.trainVersion),
        follow,
        data.trainVersion);
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "the growing set (SHA-256 of its parameters)", set.fingerprint(),
        "--follow", follow.toString(),
        "--train-version", Long.toString(first));
  }

  @Override
  public Course course(
      EpochOrder order, Function<TrainingSet, SampleLoader> loaders, long from, RunLog log) {
    return new GrowingCourse(
        versions,
        version -> {
          log.note("trains on " + version + ": " + version.size() + " records");
          return loaders.apply(version);
        },
        order,
        follow,
        from);
  }

  @Override
  public int updatesOfEpoch(EpochOrder order) {
    return order.updates(versions.first().records());
  }

  @Override
  public void close() {}
}
