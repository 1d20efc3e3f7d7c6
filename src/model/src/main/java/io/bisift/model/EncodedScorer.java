package io.bisift.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.bisift.core.UserException;
import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.config.RopeScaling;
import io.bisift.model.device.Devices;
import io.bisift.model.device.Placement;
import io.bisift.model.input.EncodedRecord;
import io.bisift.model.input.PixelValues;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.input.TokenBatch;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.net.Losses;
import io.bisift.model.net.NetworkSettings;
import io.bisift.model.net.RewardNetwork;
import io.bisift.model.safetensors.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a checkpoint: encoded records in, a score for each step out. Safe from several
 * threads, which take turns: the network uses all cores by itself.
 */
final class EncodedScorer implements AutoCloseable {
  /** Tokens that go through the network at once, padding included, unless one record has more. */
  private static final int BATCH_TOKENS = 8192;

  /** Tiles that go through the vision tower at once. */
  private static final int BATCH_TILES = 4;

  private final ModelConfig config;
  private final RewardNetwork network;
  private final NDManager manager;

  private EncodedScorer(ModelConfig config, RewardNetwork network, NDManager manager) {
    this.config = config;
    this.network = network;
    this.manager = manager;
  }

  /**
   * Loads the weights in a folder. In bfloat16 they take two bytes each.
   *
   * @throws UserException if they cannot be loaded, or there is no such device
   */
  static EncodedScorer load(
      Path folder, ModelConfig config, RewardTokens tokens, String device, Arithmetic arithmetic) {
    List<Device> devices = Devices.of(device);
    NDManager manager = NDManager.newBaseManager(devices.get(0));
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      Placement placement = Placement.over(devices, config.language().layers());
      boolean twoBytes = arithmetic.precision() == Precision.BFLOAT16;
      NetworkSettings settings = NetworkSettings.frozen(arithmetic, twoBytes);
      RewardNetwork network =
          RewardNetwork.load(checkpoint, config, tokens, placement, settings, manager);
      return new EncodedScorer(config, network, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /**
   * Scores records, those of similar length together: which is nothing that scores depend on, but
   * for rounding.
   *
   * @return for each record a score for each of its {@code <prm>}
   */
  List<List<Double>> score(List<EncodedRecord> records) {
    List<List<Double>> scores = new ArrayList<>(Collections.nCopies(records.size(), List.of()));
    for (List<Integer> batch : batches(records)) {
      List<List<Double>> own = scoreBatch(batch.stream().map(records::get).toList());
      for (int i = 0; i < own.size(); i++) {
        scores.set(batch.get(i), own.get(i));
      }
    }
    return scores;
  }

  /** Indices of records that go together; a record without steps goes nowhere. */
  private List<List<Integer>> batches(List<EncodedRecord> records) {
    List<Integer> byLength =
        IntStream.range(0, records.size())
            .filter(i -> records.get(i).prmPositions().length > 0)
            .boxed()
            .sorted(Comparator.comparing(i -> records.get(i).length()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    for (int index : byLength) {
      int length = records.get(index).length(); // of the whole batch: those before are shorter
      List<Integer> last = batches.isEmpty() ? List.of() : batches.get(batches.size() - 1);
      boolean fits = (last.size() + 1L) * length <= BATCH_TOKENS && !isLengthFelt(length);
      if (last.isEmpty() || !fits) {
        last = new ArrayList<>();
        batches.add(last);
      }
      last.add(index);
    }
    return batches;
  }

  /** Whether the length of a batch changes the angles of its records. */
  private boolean isLengthFelt(int length) {
    return length > config.language().maxPositions()
        && config
            .language()
            .ropeScaling()
            .filter(scaling -> scaling.kind() == RopeScaling.Kind.DYNAMIC)
            .isPresent();
  }

  private synchronized List<List<Double>> scoreBatch(List<EncodedRecord> records) {
    float[] flat;
    try (NDManager inner = manager.newSubManager()) {
      NDArray logits =
          network.rewardLogits(TokenBatch.of(records), imageCells(records, inner), inner);
      flat = Losses.scores(logits).toFloatArray();
    }
    List<List<Double>> scores = new ArrayList<>();
    int next = 0;
    for (EncodedRecord record : records) {
      List<Double> own = new ArrayList<>();
      for (int i = 0; i < record.prmPositions().length; i++) {
        own.add((double) flat[next++]);
      }
      scores.add(own);
    }
    return scores;
  }

  private @Nullable NDArray imageCells(List<EncodedRecord> records, NDManager inner) {
    List<byte[]> tiles = records.stream().flatMap(record -> record.tiles().stream()).toList();
    if (tiles.isEmpty()) {
      return null;
    }
    NDList cells = new NDList();
    for (int from = 0; from < tiles.size(); from += BATCH_TILES) {
      List<byte[]> some = tiles.subList(from, Math.min(tiles.size(), from + BATCH_TILES));
      try (NDArray pixels = PixelValues.of(some, config.imageSize(), inner)) {
        cells.add(network.imageCells(pixels));
      }
    }
    return NDArrays.concat(cells);
  }

  /** The network, to look into. */
  RewardNetwork network() {
    return network;
  }

  @Override
  public synchronized void close() {
    network.close();
    manager.close();
  }
}
