package io.bisift.trainer.command;

import ai.djl.Device;
import io.bisift.core.UserException;
import io.bisift.model.device.Devices;
import io.bisift.trainer.config.Options;
import io.bisift.trainer.plan.LoraTargets;
import io.bisift.trainer.plan.MemoryPlan;
import io.bisift.trainer.plan.ModelSize;
import io.bisift.trainer.plan.PlanTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bisift train plan}. */
@Command(
    name = "plan",
    description =
        "Shows where a model's layers go and what a run takes of each device's memory. Reads"
            + " the model's config.json; nothing is allocated, and the weights need not be there.",
    customSynopsis = "bisift train plan --model FOLDER [options of fit]",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example",
      "  bisift train plan --config src/trainer/config/paper.yaml --model InternVL2_5-8B \\",
      "      --plan-devices 4 --device-memory 80"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin Options options = new Options();

  @Option(
      names = "--plan-devices",
      paramLabel = "N",
      defaultValue = "0",
      description = "plan for so many devices, whether this machine has them or not")
  int planDevices;

  @Option(
      names = "--device-memory",
      paramLabel = "GB",
      defaultValue = "0",
      description = "memory of a device, to say whether the plan fits")
  double deviceMemory;

  @Override
  public Integer call() {
    options.check();
    if (planDevices < 0 || !(deviceMemory >= 0)) {
      throw UserException.usage("--plan-devices and --device-memory must not be below 0");
    }
    ModelSize size = ModelSize.read(Path.of(options.model.model));
    new LoraTargets(options.model.loraTargets).check(size.tensors().keySet());
    List<String> devices = devices();
    MemoryPlan plan = new MemoryPlan(size, options.model, options.batch, options.data);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d numbers in %s; %d layers%n",
        size.total(),
        options.model.model,
        size.config().language().layers());
    out.print(
        PlanTable.of(
            devices,
            plan.shares(devices.size()),
            deviceMemory == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round(deviceMemory * 1e9))));
    out.println("gigabytes (10^9); activations are an estimate from above, at full length");
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private List<String> devices() {
    List<String> names = new ArrayList<>();
    if (planDevices > 0) {
      for (int i = 0; i < planDevices; i++) {
        names.add("gpu" + i);
      }
      return names;
    }
    for (Device device : Devices.of(options.model.devices)) {
      names.add(device.isGpu() ? "gpu" + device.getDeviceId() : "cpu");
    }
    return names;
  }
}
