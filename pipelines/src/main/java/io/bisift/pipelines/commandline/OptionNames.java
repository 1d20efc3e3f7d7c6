package io.bisift.pipelines.commandline;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;

/** The forms of an option's name: {@code getTopRatio}, {@code topRatio}, {@code top-ratio}. */
public final class OptionNames {
  private OptionNames() {}

  static boolean isGetter(Method method) {
    String name = method.getName();
    return method.getParameterCount() == 0
        && method.getReturnType() != void.class
        && !Modifier.isStatic(method.getModifiers())
        && ((name.startsWith("get") && name.length() > 3)
            || (name.startsWith("is") && name.length() > 2));
  }

  static String ofGetter(String method) {
    String name = method.substring(method.startsWith("get") ? 3 : 2);
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** {@code topRatio} as {@code top-ratio}. */
  public static String kebab(String name) {
    StringBuilder kebab = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        kebab.append('-');
      }
      kebab.append(Character.toLowerCase(c));
    }
    return kebab.toString();
  }

  static String camel(String kebab) {
    StringBuilder camel = new StringBuilder();
    boolean upper = false;
    for (int i = 0; i < kebab.length(); i++) {
      char c = kebab.charAt(i);
      if (c == '-') {
        upper = true;
      } else {
        camel.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
