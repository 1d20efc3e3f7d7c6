package io.bisift.formats.output;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code meta.json} that InternVL's training script reads: one entry per shard. Annotation
 * paths are relative to the output folder.
 */
final class InternVlMeta {
  /**
   * @param root where pictures are
   * @param annotation the shard
   * @param length its records
   */
  private record Entry(
      String root, String annotation, boolean dataAugment, int repeatTime, long length) {}

  private InternVlMeta() {}

  static Map<String, ?> of(Manifest manifest, @Nullable String imageRoot) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Manifest.Shard shard : manifest.shards()) {
      String file = shard.data().name();
      String name = file.substring(file.indexOf('/') + 1, file.indexOf('.'));
      entries.put(
          name,
          new Entry(imageRoot == null ? "" : imageRoot, file, false, 1, shard.data().records()));
    }
    return entries;
  }
}
