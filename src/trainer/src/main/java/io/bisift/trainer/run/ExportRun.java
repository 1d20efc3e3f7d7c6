package io.bisift.trainer.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.bisift.core.UserException;
import io.bisift.model.commandline.ChoiceNames;
import io.bisift.model.device.Placement;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.checkpoint.CheckpointFolder;
import io.bisift.trainer.config.ModelOptions;
import io.bisift.trainer.config.ModelOptions.Tuning;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.loop.StateFiles;
import io.bisift.trainer.trainee.LossRule;
import io.bisift.trainer.trainee.NetworkTrainee;
import io.bisift.trainer.trainee.ReliabilityHead;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code bisift train export}: a checkpoint of a run as a folder of its own. */
public final class ExportRun {
  private final Path run;
  private final String which;
  private final Map<String, String> settings;
  private final Path model;

  /**
   * @param which best, last, or an update's number
   * @param model folder that the run began with, if it has moved
   */
  public ExportRun(Path run, String which, Optional<Path> model) {
    this.run = run;
    this.which = which;
    this.settings = RunFolder.Description.read(run).settings();
    this.model = model.orElseGet(() -> Path.of(setting("model")));
  }

  private String setting(String name) {
    String value = settings.get(name);
    if (value == null) {
      throw UserException.failure(run + "/run.json does not say " + name);
    }
    return value;
  }

  /**
   * Writes it.
   *
   * @param type of the weights; null for that of the model's folder
   * @return the checkpoint that was taken
   */
  public Path write(Path target, @Nullable TensorType type) {
    Path checkpoint = checkpoint();
    CheckpointFolder.open(checkpoint);
    try (ModelSource source = ModelSource.open(model, true);
        NDManager manager = NDManager.newBaseManager(Device.cpu());
        NetworkTrainee trainee = trainee(source, manager)) {
      StateFiles.readWeights(checkpoint, trainee.weights());
      ModelExport.write(source, trainee, target, type);
    }
    return checkpoint;
  }

  private NetworkTrainee trainee(ModelSource source, NDManager manager) {
    ModelOptions options = new ModelOptions();
    options.tuning =
        setting("tuning").equals(ChoiceNames.name(Tuning.LORA)) ? Tuning.LORA : Tuning.FULL;
    options.loraRank = Integer.parseInt(setting("lora-rank"));
    options.loraAlpha = Double.parseDouble(setting("lora-alpha"));
    options.loraTargets = List.of(setting("lora-targets").split(","));
    RewardNetwork network;
    try (Checkpoint weights = Checkpoint.open(source.folder())) {
      Placement placement = Placement.on(Device.cpu(), source.config().language().layers());
      network =
          RewardNetwork.load(
              weights,
              source.config(),
              source.tokens(),
              placement,
              Networks.settings(options, source, weights),
              manager);
    }
    Networks.addLowRank(network, options, 0);
    boolean counts = setting("labels").equals(ChoiceNames.name(LabelSource.COUNTS));
    LossRule rule =
        counts
            ? new ReliabilityHead(
                network.manager(), Device.cpu(), source.config().language().width(), 1, 0, 0)
            : LossRule.CROSS_ENTROPY;
    return new NetworkTrainee(List.of(network), rule, false, 0);
  }

  private Path checkpoint() {
    CheckpointFolder checkpoints = new CheckpointFolder(run.resolve("checkpoints"));
    Optional<Path> found =
        switch (which) {
          case "best" -> checkpoints.best().or(checkpoints::last);
          case "last" -> checkpoints.last();
          default -> numbered(checkpoints);
        };
    return found.orElseThrow(
        () ->
            UserException.failure(
                run
                    + " has no checkpoint '"
                    + which
                    + "'; there are "
                    + checkpoints.list().stream().map(p -> p.getFileName().toString()).toList()));
  }

  private Optional<Path> numbered(CheckpointFolder checkpoints) {
    if (!which.matches("\\d{1,18}")) {
      throw UserException.usage("--checkpoint is best, last or a number, not " + which);
    }
    return checkpoints.list().stream()
        .filter(path -> path.getFileName().toString().matches("update-0*" + Long.parseLong(which)))
        .findFirst();
  }
}
