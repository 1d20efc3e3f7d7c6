package io.bisift.trainer.run;

import ai.djl.ndarray.NDManager;
import io.bisift.core.UserException;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.model.device.Devices;
import io.bisift.model.net.RewardNetwork;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.checkpoint.RunState;
import io.bisift.trainer.config.ModelOptions.Parallel;
import io.bisift.trainer.config.OptimizerOptions;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.data.TrainingSet;
import io.bisift.trainer.feed.BatchLimit;
import io.bisift.trainer.feed.Course;
import io.bisift.trainer.feed.EpochOrder;
import io.bisift.trainer.feed.Feed;
import io.bisift.trainer.feed.RejectedLog;
import io.bisift.trainer.feed.SampleLoader;
import io.bisift.trainer.health.Progress;
import io.bisift.trainer.health.StatusServer;
import io.bisift.trainer.health.WatchedTrainee;
import io.bisift.trainer.log.RunLog;
import io.bisift.trainer.loop.Evaluation;
import io.bisift.trainer.loop.StateFiles;
import io.bisift.trainer.loop.StopSignal;
import io.bisift.trainer.loop.TrainingLoop;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.LearningRate;
import io.bisift.trainer.trainee.LossRule;
import io.bisift.trainer.trainee.NetworkTrainee;
import io.bisift.trainer.trainee.ReliabilityHead;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code bisift train fit}: puts the parts of a run together and starts them. */
public final class FitRun {
  private final Options options;
  private final Map<String, String> settings;
  private final PrintStream screen;
  private final boolean terminal;
  private final Progress progress = new Progress();

  /**
   * @param settings all options as they stand, for the run's description
   * @param screen where progress goes
   * @param terminal whether that is a terminal
   */
  public FitRun(
      Options options, Map<String, String> settings, PrintStream screen, boolean terminal) {
    this.options = options;
    this.settings = settings;
    this.screen = screen;
    this.terminal = terminal;
  }

  /**
   * How a run ended.
   *
   * @param model the trained folder; absent if the run was stopped before its end
   * @param news whether anything was done
   */
  public record Outcome(Optional<Path> model, boolean news) {}

  /**
   * Trains, from the last checkpoint on if there is one.
   *
   * @throws UserException if something is wrong with what was given, or goes wrong on the way
   */
  public Outcome run() {
    if (options.run.statusPort == 0) {
      return watched();
    }
    StatusServer server =
        StatusServer.open(options.run.statusPort, options.run.stuckAfter, progress);
    try {
      return watched();
    } finally {
      server.close();
    }
  }

  private Outcome watched() {
    Storage storage = Storages.any();
    try (StopSignal stop = StopSignal.listen();
        RunFolder folder = RunFolder.open(Path.of(options.run.output));
        ModelSource source =
            ModelSource.open(Path.of(options.model.model), options.model.anyTokenizer);
        TrainingData data = TrainingData.open(storage, options, folder)) {
      Map<String, String> identity = Identity.of(options, source.folder(), data);
      folder.describe(RunFolder.Description.of(identity, settings));
      if (Files.exists(folder.model())) {
        return new Outcome(Optional.of(folder.model()), false);
      }
      if (options.data.heldOut.isEmpty()) {
        return train(folder, source, data, null, stop);
      }
      try (TrainingSet heldOut = TrainingSet.open(storage, options.data.heldOut, folder.cache())) {
        return train(folder, source, data, heldOut, stop);
      }
    }
  }

  private Outcome train(
      RunFolder folder,
      ModelSource source,
      TrainingData data,
      @Nullable TrainingSet heldOut,
      StopSignal stop) {
    EpochOrder order =
        new EpochOrder(options.batch.seed, options.batch.globalBatch, options.batch.lengthWindow);
    long updates =
        options.batch.maxUpdates > 0
            ? options.batch.maxUpdates
            : (long) options.batch.epochs * data.updatesOfEpoch(order);
    AdamW optimizer = optimizer(options.optimizer);
    try (NDManager manager = NDManager.newBaseManager();
        NetworkTrainee model = trainee(Networks.load(source, options, manager))) {
      CheckpointFolder checkpoints = folder.checkpoints();
      long from = restore(checkpoints, model, optimizer);
      try (RunLog log = log(folder, from, updates);
          Feed feed = feed(folder, source, data, order, from, updates, log)) {
        boolean complete =
            new TrainingLoop(
                    rules(updates, Map.of()),
                    new WatchedTrainee(model, progress),
                    optimizer,
                    checkpoints,
                    log,
                    Optional.ofNullable(heldOut).map(other -> evaluation(folder, source, other)),
                    stop,
                    from)
                .run(feed);
        if (!complete) {
          return new Outcome(Optional.empty(), true);
        }
        log.draw();
        ModelExport.write(source, model, folder.model(), null);
        return new Outcome(Optional.of(folder.model()), true);
      }
    } finally {
      optimizer.close();
    }
  }

  private NetworkTrainee trainee(List<RewardNetwork> networks) {
    return new NetworkTrainee(
        networks,
        lossRule(networks.get(0)),
        options.model.activationCheckpointing,
        options.data.visionCache << 20);
  }

  private LossRule lossRule(RewardNetwork network) {
    if (options.data.labels != LabelSource.COUNTS) {
      return LossRule.CROSS_ENTROPY;
    }
    return new ReliabilityHead(
        network.manager(),
        network.headDevice(),
        network.config().language().width(),
        options.optimizer.kappa,
        options.optimizer.evidence,
        options.batch.seed);
  }

  static AdamW optimizer(OptimizerOptions options) {
    return new AdamW(
        new AdamW.Settings(
            options.beta1, options.beta2, options.epsilon, options.weightDecay, options.decay));
  }

  private static long restore(CheckpointFolder checkpoints, NetworkTrainee model, AdamW optimizer) {
    Optional<Path> last = checkpoints.last();
    if (last.isEmpty()) {
      return 0;
    }
    RunState state = CheckpointFolder.open(last.get());
    StateFiles.read(last.get(), model.weights(), optimizer, state.optimizerUpdates());
    model.weightsChanged();
    return state.update();
  }

  private RunLog log(RunFolder folder, long from, long updates) {
    long every = options.run.quiet ? 0 : options.run.logEvery;
    RunLog log = new RunLog(folder.path(), screen, terminal, every, from, updates, progress);
    if (from > 0) {
      log.note("goes on from update " + from);
    }
    return log;
  }

  private SampleLoader loader(ModelSource source, TrainingSet set) {
    return new SampleLoader(
        set,
        Storages.any(),
        options.data.imageRoot,
        options.data.labels,
        options.data.threshold,
        source.encoder(options.data));
  }

  private BatchLimit limit() {
    int tokens = options.batch.microTokens;
    return new BatchLimit(options.batch.microBatch, tokens == 0 ? Integer.MAX_VALUE : tokens);
  }

  private Feed feed(
      RunFolder folder,
      ModelSource source,
      TrainingData data,
      EpochOrder order,
      long from,
      long updates,
      RunLog log) {
    RejectedLog rejected = new RejectedLog(folder.rejected(), options.data.maxRejected);
    Course course =
        data.course(
            order,
            set -> {
              rejected.of(set.size());
              return loader(source, set);
            },
            from,
            log);
    return new Feed(
        course, limit(), rejected, from, updates, options.data.loaders, options.data.prefetch);
  }

  private Evaluation evaluation(RunFolder folder, ModelSource source, TrainingSet heldOut) {
    RejectedLog rejected =
        new RejectedLog(folder.path().resolve("rejected-held-out.jsonl"), options.data.maxRejected);
    rejected.of(heldOut.size());
    return new Evaluation(
        loader(source, heldOut),
        limit(),
        rejected,
        options.data.threshold,
        options.data.loaders,
        options.data.prefetch);
  }

  private TrainingLoop.Rules rules(long updates, Map<String, String> run) {
    OptimizerOptions optimizer = options.optimizer;
    int copies =
        options.model.parallel == Parallel.DATA ? Devices.of(options.model.devices).size() : 1;
    return new TrainingLoop.Rules(
        updates,
        new LearningRate(
            optimizer.schedule, optimizer.learningRate, optimizer.warmupRatio, updates),
        Math.max(options.model.inFlight, copies),
        optimizer.maxNorm == 0 ? Double.POSITIVE_INFINITY : optimizer.maxNorm,
        weight -> weight.startsWith("kappa_head.") ? optimizer.kappaRate : 1,
        options.run,
        run);
  }
}
