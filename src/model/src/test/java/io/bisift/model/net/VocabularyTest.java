package io.bisift.model.net;

import static io.bisift.model.net.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.GoldenCase;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.device.Placement;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import io.bisift.model.safetensors.Checkpoint;
import io.bisift.model.safetensors.CheckpointWriter;
import io.bisift.model.safetensors.TensorEntry;
import io.bisift.model.safetensors.TensorType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
  @TempDir private Path folder;

  /**
   * The reference drops the last row and grows by one: both tables get the mean of what was left.
   */
  @ParameterizedTest
  @CsvSource({
    "internlm2, model.tok_embeddings.weight, output.weight",
    "qwen2, model.embed_tokens.weight, lm_head.weight"
  })
  void newRowsAreTheMeanOfTheOldOnes(String llm, String input, String output) {
    try (GoldenCase golden = new GoldenCase(llm, "resize_add_one_token");
        NDManager manager = NDManager.newBaseManager()) {
      ModelConfig config = golden.config();
      int rows = config.language().vocabulary();
      writeWithoutLastRow(golden, rows - 1);
      try (Checkpoint smaller = Checkpoint.open(folder);
          RewardNetwork network = load(smaller, config, golden, manager)) {
        for (String[] table : new String[][] {{input, "input"}, {output, "output"}}) {
          NDArray weight = network.parameters().get("language_model." + table[0]).getArray();
          assertClose(
              golden.expected("new_" + table[1] + "_row"), weight.get(rows - 1L), 1e-6, table[0]);
        }
      }
    }
  }

  private void writeWithoutLastRow(GoldenCase golden, long rows) {
    try (Checkpoint checkpoint = Checkpoint.open(golden.checkpoint())) {
      List<TensorEntry> entries = new ArrayList<>();
      for (String name : checkpoint.names()) {
        TensorEntry whole = TensorEntry.of(checkpoint, name);
        boolean isTable = whole.shape().get(0) == rows + 1;
        entries.add(
            isTable
                ? new TensorEntry(name, List.of(rows, whole.shape().get(1)), whole.values())
                : whole);
      }
      new CheckpointWriter(TensorType.F32, Long.MAX_VALUE).write(folder, entries);
    }
  }

  private static RewardNetwork load(
      Checkpoint checkpoint, ModelConfig config, GoldenCase golden, NDManager manager) {
    return load(checkpoint, config, golden, NetworkSettings.REFERENCE, manager);
  }

  private static RewardNetwork load(
      Checkpoint checkpoint,
      ModelConfig config,
      GoldenCase golden,
      NetworkSettings settings,
      NDManager manager) {
    Placement placement = Placement.on(Device.cpu(), config.language().layers());
    return RewardNetwork.load(checkpoint, config, golden.tokens(), placement, settings, manager);
  }

  /**
   * The reference cuts the tables to the tokenizer's size, padded rows and all; then it gives the
   * output projection's last rows, as many as there are new tokens, the mean of those before.
   */
  @ParameterizedTest
  @CsvSource({"-5, false", "-5, true", "0, false", "0, true", "1, false"})
  void newTokensHaveTheMeanThoughThereAreRowsForThem(int more, boolean twoBytes) {
    try (GoldenCase golden = new GoldenCase("qwen2", "c1_single");
        NDManager manager = NDManager.newBaseManager();
        Checkpoint source = Checkpoint.open(golden.checkpoint())) {
      int size = golden.config().language().vocabulary() + more;
      int old = size - 2;
      ModelConfig config = golden.config().withVocabulary(size);
      NetworkSettings settings =
          twoBytes
              ? NetworkSettings.frozen(
                  new Arithmetic(Precision.BFLOAT16, Attention.FUSED), /* twoBytes= */ true)
              : NetworkSettings.REFERENCE;
      try (RewardNetwork network =
          load(source, config, golden, settings.withNewTokens(2), manager)) {
        String output = "language_model.lm_head.weight";
        float[] before = source.floats(output);
        NDArray weight = network.parameters().get(output).getArray();
        int width = config.language().width();
        float[] mean =
            manager
                .create(Arrays.copyOf(before, old * width), new Shape(old, width))
                .mean(new int[] {0})
                .toFloatArray();
        assertClose(mean, weight.get(size - 2L), 1e-6, "next to last");
        assertClose(mean, weight.get(size - 1L), 1e-6, "last");
        assertClose(
            Arrays.copyOf(before, old * width), weight.get("0:{}", old).flatten(), 0, "the others");
        if (!twoBytes && more <= 0) {
          String input = "language_model.model.embed_tokens.weight";
          assertClose(
              Arrays.copyOf(source.floats(input), size * width),
              network.parameters().get(input).getArray().flatten(),
              0,
              "input");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"internlm2, 0", "internlm2, 3", "qwen2, 0", "qwen2, -5"})
  void savesUnderTheSameNames(String llm, int more) {
    try (GoldenCase golden = new GoldenCase(llm, "c1_single");
        NDManager manager = NDManager.newBaseManager();
        Checkpoint source = Checkpoint.open(golden.checkpoint())) {
      int rows = golden.config().language().vocabulary();
      ModelConfig config = golden.config().withVocabulary(rows + more);
      try (RewardNetwork network = load(source, config, golden, manager)) {
        new CheckpointWriter(TensorType.F32, 300_000).write(folder, network.entries(source));
      }
      try (Checkpoint saved = Checkpoint.open(folder)) {
        assertEquals(source.names(), new HashSet<>(saved.names()));
        for (String name : source.names()) {
          float[] values = saved.floats(name);
          float[] before = source.floats(name);
          if (source.info(name).shape().get(0) == rows) {
            assertEquals(rows + more, saved.info(name).shape().get(0));
            int same = Math.min(values.length, before.length);
            values = Arrays.copyOf(values, same);
            before = Arrays.copyOf(before, same);
          }
          assertArrayEquals(before, values, name);
        }
      }
    }
  }
}
