package io.bisift.model.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
  private static List<Device> gpus(int count) {
    return IntStream.range(0, count).mapToObj(Device::gpu).toList();
  }

  @Test
  void oneDeviceHoldsAll() {
    Placement placement = Placement.on(Device.gpu(3), 4);
    assertEquals(Collections.nCopies(4, Device.gpu(3)), placement.layers());
    for (Device device :
        List.of(
            placement.vision(), placement.projector(), placement.embedding(), placement.head())) {
      assertEquals(Device.gpu(3), device);
    }
    assertEquals(placement, Placement.over(gpus(4).subList(3, 4), 4));
  }

  /** As the first test has it: the device of each layer, then how many devices there are. */
  @ParameterizedTest
  @CsvSource({
    "0011, 2",
    "00112, 3",
    "0001122, 3",
    "01, 2",
    "0, 4",
    "02, 4",
    "00000011111122222233333, 4"
  })
  void runsOfLayersAreAsEqualAsTheyCanBe(String layers, int devices) {
    Placement placement = Placement.over(gpus(devices), layers.length());
    String found =
        placement.layers().stream()
            .map(device -> Integer.toString(device.getDeviceId()))
            .collect(Collectors.joining());
    assertEquals(layers, found);
    assertEquals(Device.gpu(0), placement.vision());
    assertEquals(Device.gpu(0), placement.projector());
    assertEquals(Device.gpu(0), placement.embedding());
    assertEquals(Device.gpu(devices - 1), placement.head());
  }

  @Test
  void keepsItsLayers() {
    List<Device> layers = new ArrayList<>(gpus(2));
    Placement placement =
        new Placement(Device.cpu(), Device.cpu(), Device.cpu(), layers, Device.cpu());
    layers.clear();
    assertEquals(gpus(2), placement.layers());
    assertThrows(UnsupportedOperationException.class, () -> placement.layers().clear());
  }
}
