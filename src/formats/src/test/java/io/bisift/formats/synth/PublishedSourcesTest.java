package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedSourcesTest {
  @Test
  void addUpToThePublishedTotals() {
    assertEquals(38, PublishedSources.ALL.size());
    assertEquals(565_149, PublishedSources.ALL.stream().mapToLong(SourceFacts::rollouts).sum());
  }

  @Test
  void haveThePublishedFileNames() {
    List<String> stems = PublishedSources.ALL.stream().map(SourceFacts::fileStem).toList();

    assertTrue(
        stems.containsAll(
            List.of(
                "ai2d_en_20240402_extracted",
                "coco_rem_yn_en_20240402_extracted",
                "geoqaplus_open_en_20240402_extracted",
                "koniq_10k_en_20240402_extracted")));
  }
}
