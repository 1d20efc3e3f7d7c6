package io.bisift.runners.dataflow;

import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;

/** Main classes, called as Java does. */
final class Mains {
  private Mains() {}

  static Consumer<String[]> of(FlexTemplate template) {
    return args -> {
      try {
        Class.forName(template.mainClass())
            .getMethod("main", String[].class)
            .invoke(null, (Object) args);
      } catch (InvocationTargetException e) {
        throw new IllegalStateException(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
