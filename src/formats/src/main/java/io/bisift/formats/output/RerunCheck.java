package io.bisift.formats.output;

import io.bisift.formats.compress.Crc32c;
import io.bisift.formats.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells whether a complete set is what a run would make again. */
public final class RerunCheck {
  private final Manifest manifest;
  private final RunParameters before;
  private final Map<String, String> checksums = new HashMap<>();

  /**
   * @param manifest of the set that is there
   * @param before what the run that made it was told
   */
  public RerunCheck(Manifest manifest, RunParameters before) {
    this.manifest = manifest;
    this.before = before;
    manifest.inputs().forEach(input -> checksums.put(input.name(), input.crc32c()));
  }

  /** What else the run was told, in the command's words; empty if nothing. */
  public List<String> changedParameters(RunParameters now, String tool) {
    Map<String, Object[]> values = new LinkedHashMap<>();
    values.put("version", new Object[] {manifest.tool(), tool});
    values.put("command", new Object[] {before.command().word(), now.command().word()});
    values.put("--top-ratio", new Object[] {before.topRatio(), now.topRatio()});
    values.put("--alpha", new Object[] {before.alpha(), now.alpha()});
    values.put("--labels", new Object[] {before.labels().kind(), now.labels().kind()});
    values.put("--threshold", new Object[] {before.labels().threshold(), now.labels().threshold()});
    values.put("--shards", new Object[] {before.shards(), now.shards()});
    if (now.shards() == null) {
      values.put("--shard-size", new Object[] {before.shardSize(), now.shardSize()});
    }
    values.put("--compression", new Object[] {before.compression(), now.compression()});
    values.put("--image-root", new Object[] {before.imageRoot(), now.imageRoot()});
    List<String> changes = new ArrayList<>();
    values.forEach(
        (name, pair) -> {
          if (!Objects.equals(pair[0], pair[1])) {
            changes.add(name + " was " + word(pair[0]) + ", is " + word(pair[1]));
          }
        });
    return changes;
  }

  private static String word(@Nullable Object value) {
    return value == null
        ? "not given"
        : value instanceof Enum<?> constant
            ? constant.name().toLowerCase(Locale.ROOT)
            : value.toString();
  }

  /** Which inputs are new, gone or of another size; empty if none. */
  public List<String> changedFiles(List<SourceFile> now) {
    Map<String, Manifest.Input> old = new LinkedHashMap<>();
    manifest.inputs().forEach(input -> old.put(input.name(), input));
    List<String> changes = new ArrayList<>();
    for (SourceFile source : now) {
      Manifest.Input input = old.remove(source.input());
      if (input == null) {
        changes.add(source.input() + " is new");
      } else if (input.size() != source.size()) {
        changes.add(source.input() + " had " + input.size() + " bytes, has " + source.size());
      }
    }
    old.keySet().forEach(name -> changes.add(name + " is gone"));
    return changes;
  }

  /**
   * Whether a source of the same name and size has other content.
   *
   * @param crc CRC32C of its stored bytes now
   */
  public boolean hasOtherContent(SourceFile source, int crc) {
    return !Crc32c.hex(crc).equals(checksums.get(source.input()));
  }
}
