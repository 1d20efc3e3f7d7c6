package io.bisift.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opens the jar that clusters get. */
class FatJarIT {
  private static final Path JAR = Path.of("target/bisift-flink.jar");
  private static final Path FLINK = Path.of("dist/target/lib");

  private static List<String> entries;

  @BeforeAll
  static void list() throws IOException {
    entries = new ArrayList<>();
    // one after the other, because a directory of entries would hide a doubled one
    try (ZipInputStream zip =
        new ZipInputStream(new BufferedInputStream(Files.newInputStream(JAR)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.add(entry.getName());
      }
    }
  }

  private static String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile());
        InputStream in = jar.getInputStream(jar.getJarEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> startingWith(String... prefixes) {
    return entries.stream()
        .filter(name -> Stream.of(prefixes).anyMatch(name::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void hasNoEntryTwice() {
    Set<String> seen = new HashSet<>();
    assertEquals(List.of(), entries.stream().filter(name -> !seen.add(name)).toList());
  }

  @Test
  void leavesToTheClusterWhatIsTheClusters() {
    assertEquals(
        Set.of(),
        startingWith(
            "org/apache/flink/",
            "org/slf4j/",
            "org/apache/logging/",
            "org/apache/log4j/",
            "log4j",
            "com/esotericsoftware/kryo/",
            "ch/qos/"));
  }

  @Test
  void hasNoClassOfAFlinkJar() throws IOException {
    Set<String> flinks = new HashSet<>();
    try (Stream<Path> jars = Files.list(FLINK)) {
      for (Path path :
          jars.filter(jar -> jar.getFileName().toString().startsWith("flink")).toList()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          jar.stream().map(ZipEntry::getName).filter(FatJarIT::isClass).forEach(flinks::add);
        }
      }
    }
    assertTrue(flinks.size() > 10_000, () -> "only " + flinks.size() + " classes of Flink found");
    assertEquals(List.of(), entries.stream().filter(flinks::contains).toList());
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.startsWith("META-INF/");
  }

  /** They are found at run time, in jars of their own. */
  @Test
  void hasNoModelAndNoTrainer() {
    assertEquals(Set.of(), startingWith("ai/djl/", "io/bisift/model/", "io/bisift/trainer/"));
  }

  @Test
  void hasNoClassOfTheDirectRunner() {
    assertEquals(Set.of(), startingWith("org/apache/beam/runners/direct/"));
  }

  @Test
  void mergesServices() throws IOException {
    String runners = text("META-INF/services/org.apache.beam.sdk.runners.PipelineRunnerRegistrar");
    assertTrue(runners.contains("org.apache.beam.runners.flink.FlinkRunnerRegistrar$Runner"));
    String options = text("META-INF/services/org.apache.beam.sdk.options.PipelineOptionsRegistrar");
    assertTrue(options.contains("org.apache.beam.runners.flink.FlinkRunnerRegistrar$Options"));
    assertTrue(options.contains("org.apache.beam.sdk.options.DefaultPipelineOptionsRegistrar"));
    String files = text("META-INF/services/org.apache.beam.sdk.io.FileSystemRegistrar");
    assertTrue(files.contains("org.apache.beam.sdk.io.LocalFileSystemRegistrar"));
  }

  @Test
  void reachesBuckets() throws IOException {
    String files = text("META-INF/services/org.apache.beam.sdk.io.FileSystemRegistrar");
    assertTrue(files.contains("org.apache.beam.sdk.extensions.gcp.storage.GcsFileSystemRegistrar"));
    String options = text("META-INF/services/org.apache.beam.sdk.options.PipelineOptionsRegistrar");
    assertTrue(
        options.contains("org.apache.beam.sdk.extensions.gcp.options.GcpPipelineOptionsRegistrar"));
    String support = text("META-INF/services/io.bisift.beam.storage.FileSystemSupport");
    assertEquals("io.bisift.beam.gcs.GcsSupport", support.strip());
    String storage = text("META-INF/services/io.bisift.formats.storage.StorageProvider");
    assertEquals("io.bisift.formats.storage.gcs.GcsProvider", storage.strip());
  }

  @Test
  void hasTheClassOfEveryService() throws IOException {
    Set<String> all = new HashSet<>(entries);
    List<String> missing = new ArrayList<>();
    for (String service : startingWith("META-INF/services/")) {
      if (!service.endsWith("/")) {
        text(service)
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .filter(name -> !all.contains(name.replace('.', '/') + ".class"))
            .forEach(name -> missing.add(service + ": " + name));
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void isNotSigned() {
    assertEquals(
        List.of(),
        entries.stream().filter(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)")).toList());
  }

  @Test
  void hasThePipelines() {
    assertTrue(entries.contains("io/bisift/pipelines/select/SelectPipeline.class"));
    assertTrue(entries.contains("io/bisift/pipelines/convert/ConvertPipeline.class"));
  }
}
