package io.bisift.formats.synth;

import io.bisift.formats.compress.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small corpora for tests. */
final class Corpora {
  private static final SynthParameters SMALL =
      new SynthParameters(0.002, 0, 0, false, false, null, Compression.NONE);

  private Corpora() {}

  static SynthParameters ofScale(double scale) {
    return new SynthParameters(scale, 0, 0, false, false, null, Compression.NONE);
  }

  static SynthParameters small() {
    return SMALL;
  }

  static SynthParameters withSeed(long seed) {
    return new SynthParameters(SMALL.scale(), seed, 0, false, false, null, Compression.NONE);
  }

  static SynthParameters withBad(double bad) {
    return new SynthParameters(SMALL.scale(), 0, bad, false, false, null, Compression.NONE);
  }

  static SynthParameters withArbitraryScores() {
    return new SynthParameters(SMALL.scale(), 0, 0, true, false, null, Compression.NONE);
  }

  static SynthParameters inOneSource() {
    return new SynthParameters(SMALL.scale(), 0, 0, false, true, null, Compression.NONE);
  }

  static SynthParameters inFiles(int files) {
    return new SynthParameters(SMALL.scale(), 0, 0, false, false, files, Compression.NONE);
  }

  static SynthParameters compressed(Compression compression) {
    return new SynthParameters(SMALL.scale(), 0, 0, false, false, null, compression);
  }

  static SynthSummary write(SynthParameters parameters, Path folder) throws IOException {
    return new Synth(parameters, folder).write("test", 2, /* force= */ false);
  }

  /** The contents of the annotation files by name; {@code synth.json} is none. */
  static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (!name.equals(SynthFile.NAME)) {
          contents.put(name, new String(bytes(file), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }

  private static byte[] bytes(Path file) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Compression compression = Compression.ofName(file.toString());
    try (var in = compression.decompress(Files.newInputStream(file))) {
      in.transferTo(content);
    }
    return content.toByteArray();
  }

  /** The lines of a file, byte for character. */
  static Stream<String> lines(String content) {
    return content.lines();
  }

  /** All contents in the published order of sources, parts of a source in order. */
  static String inPublishedOrder(Map<String, String> contents) {
    StringBuilder all = new StringBuilder();
    for (SourceFacts source : PublishedSources.ALL) {
      contents.forEach(
          (name, content) -> {
            if (name.startsWith(source.fileStem() + ".")
                || name.startsWith(source.fileStem() + "-")) {
              all.append(content);
            }
          });
    }
    return all.toString();
  }
}
