package io.bisift.trainer.trainee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.GoldenCase;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.net.Losses;
import io.bisift.model.net.NetworkSettings;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.net.TrainingPass;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.trainer.optim.AdamW;
import io.bisift.trainer.optim.Decay;
import io.bisift.trainer.optim.GradientNorm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three updates of the reference's own optimizer, in each of its groupings. */
final class GoldenTrainingTest {
  @ParameterizedTest
  @CsvSource({
    "internlm2, bias_and_norm_excluded, NO_BIAS_NO_NORM, false, PLAIN",
    "internlm2, hf_trainer_4_48, HF_TRAINER, true, FUSED",
    "internlm2, uniform_decay, ALL, false, FUSED",
    "qwen2, bias_and_norm_excluded, NO_BIAS_NO_NORM, true, FUSED",
    "qwen2, hf_trainer_4_48, HF_TRAINER, false, PLAIN",
    "qwen2, uniform_decay, ALL, false, FUSED"
  })
  void followsTheReference(
      String llm, String grouping, Decay decay, boolean recompute, Attention attention) {
    JsonNode root = GoldenCase.json(llm + "/train.json");
    JsonNode settings = root.path("settings");
    JsonNode golden = root.path(grouping);
    double rate = settings.path("lr").asDouble();
    AdamW optimizer =
        new AdamW(
            new AdamW.Settings(
                settings.path("betas").path(0).asDouble(),
                settings.path("betas").path(1).asDouble(),
                settings.path("eps").asDouble(),
                settings.path("weight_decay").asDouble(),
                decay));
    try (GoldenCase inputs = new GoldenCase(llm, settings.path("case").asText());
        NDManager manager = NDManager.newBaseManager();
        RewardNetwork network = load(inputs, attention, manager)) {
      TokenBatch batch = inputs.batch();
      NDArray cells = network.imageCells(inputs.pixels(manager, false));
      for (int step = 0; step <= settings.path("steps").asInt(); step++) {
        network.zeroGradients();
        double loss;
        try (TrainingPass pass = network.pass(batch, cells, recompute)) {
          NDArray labels = inputs.labels(pass.manager());
          loss = pass.backward(logits -> Losses.crossEntropy(logits, labels)).getFloat();
        }
        assertEquals(golden.path("losses").path(step).asDouble(), loss, 2e-4, "loss " + step);
        if (step < settings.path("steps").asInt()) {
          double expected = golden.path("grad_norms_before_clip").path(step).asDouble();
          double norm = update(network, optimizer, settings.path("max_grad_norm").asDouble(), rate);
          assertEquals(expected, norm, 2e-4 * expected, "norm " + step);
        }
      }
      checkParameters(network, golden.path("params_after_3_steps"));
    } finally {
      optimizer.close();
    }
  }

  private static RewardNetwork load(GoldenCase inputs, Attention attention, NDManager manager) {
    ModelConfig config = inputs.config();
    try (Checkpoint checkpoint = Checkpoint.open(inputs.checkpoint())) {
      Placement placement = Placement.on(Device.cpu(), config.language().layers());
      NetworkSettings settings =
          new NetworkSettings(
              new Arithmetic(Precision.FLOAT32, attention),
              name -> name.startsWith("vision_model."),
              false);
      return RewardNetwork.load(checkpoint, config, inputs.tokens(), placement, settings, manager);
    }
  }

  private static double update(
      RewardNetwork network, AdamW optimizer, double maxNorm, double rate) {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                gradients.put(name, parameter.getArray().getGradient());
              }
            });
    double norm = GradientNorm.of(gradients.values());
    optimizer.begin();
    gradients.forEach(
        (name, gradient) ->
            optimizer.apply(
                name,
                parameter(network, name).getArray(),
                gradient,
                GradientNorm.clip(norm, maxNorm),
                rate));
    return norm;
  }

  private static Parameter parameter(RewardNetwork network, String name) {
    return Objects.requireNonNull(network.parameters().get(name), name);
  }

  private static void checkParameters(RewardNetwork network, JsonNode expected) {
    List<String> trained = new ArrayList<>();
    expected.fieldNames().forEachRemaining(trained::add);
    for (String name : trained) {
      float[] values = parameter(network, name).getArray().toFloatArray();
      JsonNode indexes = expected.path(name).path("sample_index");
      JsonNode wanted = expected.path(name).path("sample_value");
      for (int i = 0; i < indexes.size(); i++) {
        assertEquals(
            wanted.path(i).asDouble(), values[indexes.path(i).asInt()], 2e-5, name + " " + i);
      }
      double l2 = 0;
      for (float value : values) {
        l2 += (double) value * value;
      }
      double length = expected.path(name).path("l2").asDouble();
      assertEquals(length, Math.sqrt(l2), 2e-4 * length, name);
    }
  }
}
