package io.bisift.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class DecayTest {
  private static final Map<String, Decay> GROUPINGS =
      Map.of(
          "bias_and_norm_excluded", Decay.NO_BIAS_NO_NORM,
          "hf_trainer_4_48", Decay.HF_TRAINER,
          "uniform_decay", Decay.ALL);

  @Test
  void groupsTheGoldensParametersByName() throws Exception {
    JsonNode models = new ObjectMapper().readTree(getClass().getResourceAsStream("decay.json"));
    for (JsonNode model : models) {
      for (Map.Entry<String, Decay> grouping : GROUPINGS.entrySet()) {
        Set<String> exempt = new TreeSet<>();
        for (JsonNode name : model.path("names")) {
          if (!grouping.getValue().applies(name.asText())) {
            exempt.add(name.asText());
          }
        }
        Set<String> expected = new TreeSet<>();
        model.path("no_decay").path(grouping.getKey()).forEach(n -> expected.add(n.asText()));
        assertEquals(expected, exempt, grouping.getKey());
      }
    }
  }
}
