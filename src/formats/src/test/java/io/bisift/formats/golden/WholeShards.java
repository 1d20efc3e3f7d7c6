package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.formats.testkit.OutputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Looks at what a run left that did not end. */
final class WholeShards {
  private WholeShards() {}

  /**
   * Checks that what has a final name is whole.
   *
   * @param expected checksums of the files of an undisturbed run
   * @return whether there is a manifest
   */
  static boolean check(Path output, Map<String, String> expected) throws IOException {
    Map<String, String> found = OutputFiles.checksums(output);
    found.keySet().removeIf(name -> name.startsWith(".bisift-tmp/"));
    found.forEach((name, checksum) -> assertEquals(expected.get(name), checksum, name));
    for (Path shard : OutputFiles.list(output.resolve("data"))) {
      Path index = output.resolve("index").resolve(shard.getFileName());
      assertTrue(Files.exists(index), "no index beside " + shard);
    }
    boolean complete = found.containsKey("manifest.json");
    if (complete) {
      assertEquals(expected, found);
    }
    return complete;
  }
}
