package io.bisift.model.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDManager;
import io.bisift.model.Golden;
import io.bisift.model.image.ImageDecoder;
import io.bisift.model.image.Tiling;
import io.bisift.model.safetensors.SafetensorsFile;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelValuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SQ.png",
        "a_rgb_wide.png",
        "b_rgb_tall.png",
        "c_palette_trns.png",
        "d_rgba.png",
        "e_gray.png",
        "f_photo.jpg"
      })
  void normalisesAsTheReference(String name) throws Exception {
    byte[] file = Files.readAllBytes(Golden.path("images/" + name));
    List<byte[]> tiles = new Tiling(56, 1, 6, true).cut(ImageDecoder.decode(file));
    try (NDManager manager = NDManager.newBaseManager();
        SafetensorsFile golden =
            SafetensorsFile.open(Golden.path("images/pixel_values.safetensors"))) {
      String key = name.substring(0, name.indexOf('.')) + "@56";
      assertArrayEquals(
          golden.floats(key), PixelValues.of(tiles, 56, manager).toFloatArray(), 1e-6f);
    }
  }
}
