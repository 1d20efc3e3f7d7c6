package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bisift.formats.compress.Compression;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SameBytesTest {
  @TempDir Path folder;

  private Map<String, String> corpus(String name, SynthParameters parameters) throws Exception {
    Corpora.write(parameters, folder.resolve(name));
    return Corpora.read(folder.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 7})
  void whateverTheParallelism(int parallelism) throws Exception {
    SynthParameters parameters =
        new SynthParameters(0.02, 5, 0.1, false, true, 3, Compression.NONE);
    new Synth(parameters, folder.resolve("one")).write("test", 1, /* force= */ false);
    new Synth(parameters, folder.resolve("many")).write("test", parallelism, /* force= */ false);

    assertEquals(Corpora.read(folder.resolve("one")), Corpora.read(folder.resolve("many")));
  }

  @Test
  void otherBytesForAnotherSeed() throws Exception {
    Map<String, String> other = corpus("other", Corpora.withSeed(1));

    corpus("small", Corpora.small())
        .forEach((name, content) -> assertNotEquals(content, other.get(name), name));
  }

  @Test
  void inOneSource() throws Exception {
    String all = Corpora.inPublishedOrder(corpus("small", Corpora.small()));
    Map<String, String> one = corpus("one", Corpora.inOneSource());

    assertEquals(1, one.size());
    assertEquals(all, String.join("", one.values()));
  }

  @ParameterizedTest
  @ValueSource(ints = {38, 100, 1131})
  void inAnyNumberOfFiles(int files) throws Exception {
    String all = Corpora.inPublishedOrder(corpus("small", Corpora.small()));
    Map<String, String> parts = corpus("parts", Corpora.inFiles(files));

    assertEquals(files, parts.size());
    assertEquals(all, Corpora.inPublishedOrder(parts));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void underAnyCompression(Compression compression) throws Exception {
    Map<String, String> packed = corpus("packed", Corpora.compressed(compression));

    corpus("small", Corpora.small())
        .forEach((name, content) -> assertEquals(content, packed.get(name + compression.suffix())));
  }
}
