package io.bisift.model.net;

import io.bisift.model.config.Architecture;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.kernel.LayerScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a network, as yet without weights.
 *
 * @param tower embedding and blocks of the vision tower
 * @param layers of the language model
 */
record NetworkBlocks(
    List<NetBlock> tower,
    PixelShuffle shuffle,
    Projector projector,
    TokenEmbedding embedding,
    List<DecoderLayer> layers,
    RewardHead head) {

  /**
   * @param script computes the layers of tower and language model, if there is one
   */
  static NetworkBlocks of(ModelConfig config, @Nullable LayerScript script) {
    List<NetBlock> tower = new ArrayList<>();
    tower.add(new VisionEmbedding(config));
    for (int i = 0; i < config.vision().layers(); i++) {
      tower.add(new VisionBlock(config.vision(), i, script));
    }
    boolean internLm = config.language().architecture() == Architecture.INTERNLM2;
    List<DecoderLayer> layers = new ArrayList<>();
    for (int i = 0; i < config.language().layers(); i++) {
      layers.add(
          internLm
              ? new InternLm2Layer(config.language(), i, script)
              : new Qwen2Layer(config.language(), i, script));
    }
    return new NetworkBlocks(
        tower,
        new PixelShuffle(config),
        new Projector(config),
        new TokenEmbedding(config.language(), script),
        layers,
        new RewardHead(config.language(), script));
  }

  /** All that have weights, in the order in which data flows. */
  List<NetBlock> all() {
    List<NetBlock> all = new ArrayList<>(tower);
    all.add(projector);
    all.add(embedding);
    all.addAll(layers);
    all.add(head);
    return all;
  }
}
