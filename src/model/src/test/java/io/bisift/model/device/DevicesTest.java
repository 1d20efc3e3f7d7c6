package io.bisift.model.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.bisift.core.UserException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  @ParameterizedTest
  @CsvSource({"cpu, 1", "cpux1, 1", "cpux4, 4", "cpux12, 12"})
  void theProcessorStandsForAsManyDevicesAsOneLikes(String choice, int count) {
    assertEquals(Collections.nCopies(count, Device.cpu()), Devices.of(choice));
    assertEquals(Device.cpu(), Devices.one(choice));
  }

  @Test
  void takesWhatIsThere() {
    int gpus = Engine.getInstance().getGpuCount();
    List<Device> devices = Devices.of("auto");
    assertEquals(Math.max(1, gpus), devices.size());
    assertEquals(gpus == 0 ? Device.cpu() : Device.gpu(0), devices.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " cpu", "CPU", "cpu0", "cpux", "cpux0", "cpux100", "cuda", "gpu", "gpu-1", "gpu0,",
        "cpu,cpu"
      })
  void saysWhatItKnows(String choice) {
    UserException refused = assertThrows(UserException.class, () -> Devices.of(choice));
    assertEquals(UserException.Kind.USAGE, refused.kind());
    assertTrue(refused.getMessage().startsWith("device "), refused.getMessage());
    assertTrue(
        refused.getMessage().endsWith("is unknown: auto, cpu, gpu0, several as gpu0,gpu1")
            || refused.getMessage().contains("gpu0"),
        refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu0", "gpu0,gpu1", "gpu99"})
  void saysThatThereIsNone(String choice) {
    assumeTrue(Engine.getInstance().getGpuCount() == 0);
    UserException refused = assertThrows(UserException.class, () -> Devices.of(choice));
    assertEquals(
        "device %s: this machine, or this build of libtorch, has no GPU"
            .formatted(choice.split(",", -1)[0]),
        refused.getMessage());
  }
}
