package io.bisift.model.config;

import io.bisift.core.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Language models that the network knows, by the class name that {@code llm_config} gives. */
public enum Architecture {
  INTERNLM2("InternLM2ForCausalLM"),
  QWEN2("Qwen2ForCausalLM");

  private final String className;

  Architecture(String className) {
    this.className = className;
  }

  /** As {@code architectures[0]} has it. */
  public String className() {
    return className;
  }

  static Architecture of(String className, String where) {
    return Arrays.stream(values())
        .filter(known -> known.className.equals(className))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.failure(
                    "%s: %s; known are %s"
                        .formatted(
                            where,
                            className.isEmpty()
                                ? "no architecture is given"
                                : "unknown architecture " + className,
                            Arrays.stream(values())
                                .map(Architecture::className)
                                .collect(Collectors.joining(", ")))));
  }
}
