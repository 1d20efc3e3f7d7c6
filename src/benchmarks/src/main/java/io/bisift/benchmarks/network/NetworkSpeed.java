package io.bisift.benchmarks.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.bisift.benchmarks.Arguments;
import io.bisift.benchmarks.Program;
import io.bisift.benchmarks.Program.Failure;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.net.Losses;
import io.bisift.model.net.NetworkSettings;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.net.TensorShapes;
import io.bisift.model.net.TrainingPass;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorType;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.optim.GradientNorm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Measures the language model's layers, forward, backward and an update, in one process. */
public final class NetworkSpeed {
  private static final String HELP =
      """
      Measures the language model on random weights and prints one line of JSON: median milliseconds
      of forward, of forward and backward, and of an update (gradients clipped by their norm, AdamW);
      and the process's peak memory in MB (Linux).

        --model internlm2|qwen2     (default internlm2)
        --kernels plain|fused|bf16  DJL's own operations; TorchScript with fused attention; the same in
                                    bfloat16 (default plain)
        --recompute                 each layer's activations are made again on the way back
        --rounds N                  (default 1)
        --batch, --length, --width, --layers, --heads, --groups, --hidden, --vocabulary, --steps N
      """;
  private static final int RIGHT = 0;
  private static final int WRONG = 1;
  private static final int UPDATES = 5; // they are quick
  private static final double RATE = 1e-5;

  private final Arguments arguments;
  private final int vocabulary;

  private NetworkSpeed(Arguments arguments) {
    this.arguments = arguments;
    vocabulary = arguments.count("vocabulary", 1000);
  }

  public static void main(String[] args) {
    System.exit(
        Program.run(
            "network",
            HELP,
            Set.of(
                "model",
                "kernels",
                "rounds",
                "batch",
                "length",
                "width",
                "layers",
                "heads",
                "groups",
                "hidden",
                "vocabulary",
                "steps"),
            Set.of("recompute"),
            args,
            arguments -> new NetworkSpeed(arguments).run()));
  }

  private void run() throws IOException {
    Path folder = Files.createTempDirectory("bisift-network");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      ModelConfig config = ModelConfig.parse(config(), "the shapes");
      write(folder, config);
      try (Checkpoint checkpoint = Checkpoint.open(folder);
          RewardNetwork network = load(checkpoint, config, manager)) {
        measure(network);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  private String config() {
    String model = arguments.get("model").orElse("internlm2");
    String name =
        switch (model) {
          case "internlm2" -> "InternLM2ForCausalLM";
          case "qwen2" -> "Qwen2ForCausalLM";
          default -> throw new Failure("there is no model " + model);
        };
    return """
    {"vision_config": {"hidden_size": 8, "num_attention_heads": 1, "num_hidden_layers": 1,
       "intermediate_size": 8, "image_size": 28},
     "llm_config": {"architectures": ["%s"], "hidden_size": %d, "num_attention_heads": %d,
       "num_key_value_heads": %d, "num_hidden_layers": %d, "intermediate_size": %d,
       "vocab_size": %d, "bias": false, "rope_theta": 1000000, "rms_norm_eps": 1e-5,
       "max_position_embeddings": 32768}}
    """
        .formatted(
            name,
            arguments.count("width", 512),
            arguments.count("heads", 8),
            arguments.count("groups", 4),
            arguments.count("layers", 8),
            arguments.count("hidden", 1408),
            vocabulary);
  }

  private static void write(Path folder, ModelConfig config) {
    SplittableRandom random = new SplittableRandom(0);
    List<TensorEntry> tensors =
        TensorShapes.of(config).entrySet().stream()
            .map(
                tensor ->
                    new TensorEntry(
                        tensor.getKey(),
                        tensor.getValue(),
                        (from, target) -> {
                          boolean isNorm = tensor.getValue().size() == 1;
                          while (target.hasRemaining()) {
                            target.put(isNorm ? 1 : (float) (random.nextDouble() - 0.5) / 20);
                          }
                        }))
            .toList();
    new CheckpointWriter(TensorType.F32, Long.MAX_VALUE).write(folder, tensors);
  }

  private RewardNetwork load(Checkpoint checkpoint, ModelConfig config, NDManager manager) {
    String kernels = arguments.get("kernels").orElse("plain");
    Arithmetic arithmetic =
        switch (kernels) {
          case "plain" -> Arithmetic.REFERENCE;
          case "fused" -> new Arithmetic(Precision.FLOAT32, Attention.FUSED);
          case "bf16" -> new Arithmetic(Precision.BFLOAT16, Attention.FUSED);
          default -> throw new Failure("there are no kernels " + kernels);
        };
    RewardTokens tokens = new RewardTokens(vocabulary, vocabulary, RIGHT, WRONG);
    Placement placement = Placement.on(Device.cpu(), config.language().layers());
    NetworkSettings settings =
        new NetworkSettings(
            arithmetic, name -> !name.startsWith("language_model."), /* twoBytes= */ false);
    return RewardNetwork.load(checkpoint, config, tokens, placement, settings, manager);
  }

  private void measure(RewardNetwork network) {
    int rounds = arguments.count("rounds", 1);
    TokenBatch batch = batch();
    both(network, batch); // memory is taken, caches are filled
    double forward = medianMillis(rounds, () -> forward(network, batch));
    double both = medianMillis(rounds, () -> both(network, batch));
    AdamW optimizer = new AdamW(new AdamW.Settings(0.9, 0.999, 1e-8, 0.05, Decay.ALL));
    update(network, optimizer); // makes the moments
    double update = medianMillis(UPDATES, () -> update(network, optimizer));
    optimizer.close();
    System.out.printf(
        "{\"forward_ms\": %.0f, \"both_ms\": %.0f, \"update_ms\": %.0f, \"peak_mb\": %d}%n",
        forward, both, update, OwnMemory.peak());
  }

  private TokenBatch batch() {
    int rows = arguments.count("batch", 2);
    int length = arguments.count("length", 2048);
    long[] steps = new long[arguments.count("steps", 8)];
    Arrays.setAll(steps, i -> (i + 1L) * (rows * length / steps.length) - 1);
    long[] ids = new SplittableRandom(1).longs((long) rows * length, 0, vocabulary).toArray();
    return new TokenBatch(rows, length, ids, null, null, steps);
  }

  private static void forward(RewardNetwork network, TokenBatch batch) {
    try (NDManager inner = network.manager().newSubManager()) {
      network.rewardLogits(batch, null, inner).toFloatArray();
    }
  }

  private void both(RewardNetwork network, TokenBatch batch) {
    network.zeroGradients();
    try (TrainingPass pass = network.pass(batch, null, arguments.has("recompute"))) {
      float[] labels = new float[batch.steps().length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = i % 2;
      }
      NDArray targets = pass.manager().create(labels);
      pass.backward(logits -> Losses.crossEntropy(logits, targets)).getFloat();
    }
  }

  /** Changes the weights by the gradients that they have. */
  private static void update(RewardNetwork network, AdamW optimizer) {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                gradients.put(name, parameter.getArray().getGradient());
              }
            });
    double scale = GradientNorm.clip(GradientNorm.of(gradients.values()), 1);
    optimizer.begin();
    gradients.forEach(
        (name, gradient) -> {
          NDArray weight = Objects.requireNonNull(network.parameters().get(name)).getArray();
          optimizer.apply(name, weight, gradient, scale, RATE);
          gradient.close();
        });
  }

  private static double medianMillis(int rounds, Runnable action) {
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      action.run();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return millis[rounds / 2];
  }
}
