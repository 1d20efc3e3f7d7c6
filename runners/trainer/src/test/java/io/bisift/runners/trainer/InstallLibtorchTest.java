package io.bisift.runners.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which libtorch an image gets, over stand-ins for base images. */
@DisabledOnOs(OS.WINDOWS)
class InstallLibtorchTest {
  private static final String SITE = "opt/conda/lib/python3.11/site-packages";

  @TempDir Path temp;
  private Path root;
  private Path target;

  @BeforeEach
  void layOut() throws IOException {
    root = Files.createDirectories(temp.resolve("root"));
    target = temp.resolve("libtorch");
    file(temp.resolve("own/libtorch.so"), "own");
  }

  private static void file(Path path, String content) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void pytorch(String version) throws IOException {
    file(
        root.resolve(SITE + "/torch/version.py"),
        "from typing import Optional\n__version__ = '" + version + "'\ndebug = False\n");
    for (String name :
        Set.of(
            "libtorch.so",
            "libtorch_cpu.so",
            "libc10.so",
            "libgomp-a34b3233.so.1",
            "libshm.so",
            "libtorch_python.so")) {
      file(root.resolve(SITE + "/torch/lib/" + name), name);
    }
  }

  /** Runs the script; returns its exit code and what it complained of. */
  private String install() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "sh",
                Path.of("image/build/install-libtorch").toAbsolutePath().toString(),
                "2.7.1",
                temp.resolve("own").toString(),
                target.toString(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() + " " + output;
  }

  private Set<String> installed() throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  @Test
  void aPlainBaseGetsTheCpus() throws Exception {
    assertEquals("0 ", install());
    assertEquals(Set.of("libtorch.so", "version", "flavor"), installed());
    assertEquals("cpu", Files.readString(target.resolve("flavor")));
    assertEquals("2.7.1", Files.readString(target.resolve("version")));
  }

  @Test
  void aCudaBaseIsLinkedTo() throws Exception {
    pytorch("2.7.1+cu128");
    file(root.resolve(SITE + "/torch/lib/libtorch_cuda.so"), "cuda");
    file(root.resolve(SITE + "/torch/lib/libc10_cuda.so"), "c10");
    file(root.resolve(SITE + "/nvidia/cuda_runtime/lib/libcudart.so.12"), "runtime");
    assertEquals("0 ", install());
    assertEquals(
        Set.of(
            "libtorch.so",
            "libtorch_cpu.so",
            "libtorch_cuda.so",
            "libc10.so",
            "libc10_cuda.so",
            "libgomp-a34b3233.so.1",
            "libcudart.so",
            "version",
            "flavor"),
        installed());
    assertEquals("cu128", Files.readString(target.resolve("flavor")));
    assertTrue(Files.isSymbolicLink(target.resolve("libtorch_cuda.so")));
    assertEquals("runtime", Files.readString(target.resolve("libcudart.so")));
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    pytorch("2.8.0+cu128");
    assertEquals(
        "1 install-libtorch: the base image has libtorch 2.8.0+cu128, not 2.7.1", install());
    assertFalse(Files.exists(target));
  }

  @Test
  void aCudaThatTheBridgeDoesNotKnowIsRefused() throws Exception {
    pytorch("2.7.1+cu118");
    assertTrue(install().startsWith("1 install-libtorch: the base image has libtorch 2.7.1+cu118"));
  }

  @Test
  void cudaWithoutItsRuntimeIsRefused() throws Exception {
    pytorch("2.7.1+cu128");
    assertEquals("1 install-libtorch: the base image has no libcudart.so.12", install());
  }
}
