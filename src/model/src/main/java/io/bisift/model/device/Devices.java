package io.bisift.model.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.bisift.core.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Turns what a user says of devices into devices. */
public final class Devices {
  private static final Pattern CPU = Pattern.compile("cpu(?:x([1-9][0-9]?))?");
  private static final Pattern GPU = Pattern.compile("gpu([0-9]{1,2})");

  private Devices() {}

  /**
   * The devices of a choice, in its order.
   *
   * <ul>
   *   <li>{@code auto}: all GPUs, or the CPU where there is none
   *   <li>{@code cpu}
   *   <li>{@code gpu0}, or several: {@code gpu0,gpu1}
   *   <li>{@code cpux4}: four logical devices that are all the CPU, to try out a placement
   * </ul>
   *
   * @throws UserException if the choice is not one of these, or there is no such GPU
   */
  public static List<Device> of(String choice) {
    int gpus = Engine.getInstance().getGpuCount();
    if (choice.equals("auto")) {
      return gpus == 0
          ? List.of(Device.cpu())
          : IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
    }
    Matcher cpu = CPU.matcher(choice);
    if (cpu.matches()) {
      int copies = cpu.group(1) == null ? 1 : Integer.parseInt(cpu.group(1));
      return Collections.nCopies(copies, Device.cpu());
    }
    List<Device> devices = new ArrayList<>();
    for (String name : choice.split(",", -1)) {
      devices.add(gpu(name, gpus));
    }
    return List.copyOf(devices);
  }

  /** As {@link #of}, of which one is wanted: the first. */
  public static Device one(String choice) {
    return of(choice).get(0);
  }

  private static Device gpu(String name, int gpus) {
    Matcher gpu = GPU.matcher(name);
    if (!gpu.matches()) {
      throw UserException.usage(
          "device %s is unknown: auto, cpu, gpu0, several as gpu0,gpu1".formatted(name));
    }
    int index = Integer.parseInt(gpu.group(1));
    if (index >= gpus) {
      throw UserException.usage(
          gpus == 0
              ? "device %s: this machine, or this build of libtorch, has no GPU".formatted(name)
              : "device %s: there are only gpu0 to gpu%d".formatted(name, gpus - 1));
    }
    return Device.gpu(index);
  }
}
