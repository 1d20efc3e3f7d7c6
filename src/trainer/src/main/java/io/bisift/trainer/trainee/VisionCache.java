package io.bisift.trainer.trainee;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.bisift.core.Digests;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the frozen tower made of pictures, the latest used up to a size. All tiles of a record go
 * through the tower together, whatever else is in the batch, so that it does not matter to a single
 * bit what the cache holds.
 */
final class VisionCache implements AutoCloseable {
  private final NDManager manager;
  private final long capacity;
  private final LinkedHashMap<String, NDArray> cells = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param manager its child owns what is kept, on the CPU
   * @param capacity bytes kept at most; 0: nothing is
   */
  VisionCache(NDManager manager, long capacity) {
    this.manager = manager.newSubManager(Device.cpu());
    this.capacity = capacity;
  }

  /**
   * The cells of a record's tiles.
   *
   * @param tower what computes them; its result becomes the caller's, or a copy of it does
   * @param owner of the result
   */
  NDArray get(List<byte[]> tiles, Function<List<byte[]>, NDArray> tower, NDManager owner) {
    if (capacity == 0) {
      NDArray fresh = tower.apply(tiles);
      fresh.attach(owner);
      return fresh;
    }
    String key = key(tiles);
    NDArray kept = cells.get(key);
    if (kept == null) {
      NDArray fresh = tower.apply(tiles);
      kept = fresh.toDevice(Device.cpu(), false);
      if (kept != fresh) {
        fresh.close();
      }
      kept.attach(manager);
      cells.put(key, kept);
      bytes += size(kept);
      evict(key);
    }
    NDArray copy = kept.duplicate();
    copy.attach(owner);
    return copy;
  }

  private void evict(String newest) {
    var oldest = cells.entrySet().iterator();
    while (bytes > capacity && oldest.hasNext()) {
      Map.Entry<String, NDArray> entry = oldest.next();
      if (!entry.getKey().equals(newest)) {
        bytes -= size(entry.getValue());
        entry.getValue().close();
        oldest.remove();
      }
    }
  }

  private static long size(NDArray array) {
    return array.size() * Float.BYTES;
  }

  private static String key(List<byte[]> tiles) {
    MessageDigest digest = Digests.newSha256();
    tiles.forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() {
    manager.close();
  }
}
