package io.bisift.trainer.run;

import io.bisift.core.UserException;
import io.bisift.formats.storage.Storage;
import io.bisift.trainer.config.DataOptions;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.data.GrowingSet;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.Course;
import io.bisift.trainer.feed.EpochOrder;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.log.RunLog;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a run is trained on. */
interface TrainingData extends AutoCloseable {
  /** What must be the same when the run is taken up again. */
  Map<String, String> identity();

  /**
   * What the updates are made of.
   *
   * @param loaders tells how records of a set are loaded; called for each that is taken up
   * @param from updates that the run has made
   * @param log is told of versions that are taken up
   */
  Course course(
      EpochOrder order, Function<TrainingSet, SampleLoader> loaders, long from, RunLog log);

  /** Updates of an epoch, where all epochs are alike. */
  int updatesOfEpoch(EpochOrder order);

  @Override
  void close();

  /**
   * Opens it.
   *
   * @throws UserException if it cannot be trained on, or the options do not fit it
   */
  static TrainingData open(Storage storage, Options options, RunFolder folder) {
    DataOptions data = options.data;
    Optional<GrowingSet> growing = GrowingSet.find(storage, data.train, folder.cache());
    if (growing.isPresent()) {
      return GrowingData.open(growing.get(), options, folder);
    }
    if (!data.follow.isEmpty() || data.trainVersion > 0 || data.versions != null) {
      throw UserException.usage(
          data.train
              + " is no growing set, or not yet, and --follow, --train-version and --versions are"
              + " for such");
    }
    return new PlainData(TrainingSet.open(storage, data.train, folder.cache()));
  }
}
