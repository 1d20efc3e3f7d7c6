package io.bisift.pipelines.commandline;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A command's own options without Beam's machinery, which takes a second to start: what was given,
 * or the default that the interface declares.
 */
final class OwnOptions implements InvocationHandler {
  private final Map<String, Object> given = new HashMap<>();

  private OwnOptions(Map<OptionSpec, Object> given) {
    given.forEach((spec, value) -> this.given.put(spec.name(), value));
  }

  static <T extends PipelineOptions> T of(Class<T> type, Map<OptionSpec, Object> given) {
    Class<?>[] types = {type};
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), types, new OwnOptions(given)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
    if (OptionNames.isGetter(method) && method.getDeclaringClass() != PipelineOptions.class) {
      OptionSpec spec = new OptionSpec(method);
      return given.containsKey(spec.name()) ? given.get(spec.name()) : spec.defaultObject();
    }
    throw new UnsupportedOperationException("only Beam has " + method);
  }
}
