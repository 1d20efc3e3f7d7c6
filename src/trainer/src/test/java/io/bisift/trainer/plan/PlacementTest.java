package io.bisift.trainer.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bisift.core.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementTest {
  @Test
  void balancesWhatTheEndsHoldBesides() {
    assertEquals(List.of(8, 8, 8, 8), Placement.balanced(4, 32, 1, 0, 0).layers());
    assertEquals(List.of(6, 9, 9, 8), Placement.balanced(4, 32, 1, 3, 1).layers());
    assertEquals(List.of(24), Placement.balanced(1, 24, 1, 5, 5).layers());
    assertEquals(List.of(1, 1, 1), Placement.balanced(3, 3, 1, 50, 0).layers());
    assertThrows(UserException.class, () -> Placement.balanced(4, 3, 1, 0, 0));
  }

  @Test
  void findsTheDeviceOfEveryPart() {
    Placement placement = new Placement(List.of(2, 3));
    assertEquals(0, placement.deviceOf(ModelPart.of("vision_model.embeddings.class_embedding")));
    assertEquals(0, placement.deviceOf(ModelPart.of("mlp1.0.weight")));
    assertEquals(0, placement.deviceOf(ModelPart.of("language_model.model.embed_tokens.weight")));
    assertEquals(0, placement.deviceOf(ModelPart.of("language_model.model.tok_embeddings.weight")));
    assertEquals(
        0, placement.deviceOf(ModelPart.of("language_model.model.layers.1.mlp.up_proj.weight")));
    assertEquals(
        1, placement.deviceOf(ModelPart.of("language_model.model.layers.2.mlp.up_proj.weight")));
    assertEquals(1, placement.deviceOf(ModelPart.of("language_model.model.norm.weight")));
    assertEquals(1, placement.deviceOf(ModelPart.of("language_model.lm_head.weight")));
    assertEquals(1, placement.deviceOf(ModelPart.of("language_model.output.weight")));
    assertThrows(IndexOutOfBoundsException.class, () -> placement.deviceOf(5));
  }

  @Test
  void refusesAPlacementOfAnotherModel() {
    assertEquals(List.of(10, 14), Placement.given(List.of(10, 14), 2, 24).layers());
    assertThrows(UserException.class, () -> Placement.given(List.of(10, 13), 2, 24));
    assertThrows(UserException.class, () -> Placement.given(List.of(24), 2, 24));
    assertThrows(UserException.class, () -> Placement.given(List.of(24, 0), 2, 24));
  }
}
