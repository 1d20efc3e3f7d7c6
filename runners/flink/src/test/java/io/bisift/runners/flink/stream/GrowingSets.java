package io.bisift.runners.flink.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.formats.log.StreamFolder;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.runners.flink.Sets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What streams make, beside what the laptop selects. */
final class GrowingSets {
  private GrowingSets() {}

  /**
   * Waits until a set has so many records.
   *
   * @return how many it has
   */
  static long awaitRecords(StreamFolder stream, long records)
      throws IOException, InterruptedException {
    long seen = 0;
    while (seen < records) {
      Thread.sleep(100);
      long version = stream.latestVersion();
      seen = version == 0 ? 0 : stream.manifest(version).totals().records();
    }
    return seen;
  }

  /**
   * A set is what select makes of the same records, byte for byte.
   *
   * @param annotations these records, in the set's order
   * @param folder for what is made to compare
   * @param options of select
   */
  static void assertSelected(Path set, Path annotations, Path folder, String... options)
      throws IOException {
    Path selected = folder.resolve("selected");
    Path plain = folder.resolve("plain");
    List<Object> args =
        new ArrayList<>(
            List.of("select", "--annotations", annotations, "--output", selected, "--shards=2"));
    args.addAll(List.of(options));
    Sets.runLocally(args.toArray());
    Sets.runLocally("compact", "--stream", set, "--output", plain, "--shards=2");
    assertEquals(OutputFiles.sha256(selected, "data"), OutputFiles.sha256(plain, "data"));
  }
}
