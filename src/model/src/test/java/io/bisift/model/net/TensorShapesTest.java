package io.bisift.model.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.model.Golden;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.safetensors.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorShapesTest {
  @ParameterizedTest
  @ValueSource(strings = {"internlm2", "qwen2"})
  void areThoseOfTheReference(String language) {
    Path folder = Golden.path(language + "/checkpoint");
    Map<String, List<Long>> expected = new TreeMap<>();
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      checkpoint.names().forEach(name -> expected.put(name, checkpoint.info(name).shape()));
    }
    assertEquals(expected, new TreeMap<>(TensorShapes.of(ModelConfig.read(folder))));
  }
}
