package io.bisift.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbsolutePathsTest {
  private static String here(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  @Test
  void coverAllPathsOfAnOption() {
    assertEquals(
        List.of("select", "--annotations", here("a"), "/b", "gs://c/d", "--alpha", "0.2"),
        AbsolutePaths.in(
            List.of("select", "--annotations", "a", "/b", "gs://c/d", "--alpha", "0.2")));
  }

  @Test
  void coverEveryWayToTypeAnOption() {
    assertEquals(
        List.of("--output=" + here("out"), "--imageRoot=" + here("i"), "--image-root", here("j")),
        AbsolutePaths.in(List.of("--output=out", "--imageRoot=i", "--image-root", "j")));
  }

  @Test
  void leaveTheRestAlone() {
    List<String> args = List.of("--output", "file:/x", "--temp-location", "tmp", "--annotations=");
    assertEquals(args, AbsolutePaths.in(args));
  }
}
