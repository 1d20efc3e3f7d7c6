package io.bisift.pipelines.commandline;

import io.bisift.core.UserException;
import io.bisift.pipelines.options.AtLeast;
import io.bisift.pipelines.options.Typed;
import io.bisift.pipelines.options.ValueName;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.jspecify.annotations.Nullable;

/** An option as its getter declares it. */
public final class OptionSpec {
  private final Method getter;
  private final String name;

  OptionSpec(Method getter) {
    this.getter = getter;
    this.name = OptionNames.ofGetter(getter.getName());
  }

  /** As in Java: {@code topRatio}. */
  public String name() {
    return name;
  }

  /** As in the help: {@code --top-ratio}. */
  String typed() {
    return "--" + OptionNames.kebab(word());
  }

  /** The name on the command line, in Java's form; nearly always that in Java. */
  public String word() {
    Typed typed = getter.getAnnotation(Typed.class);
    return typed == null ? name : typed.value();
  }

  public String description() {
    Description description = getter.getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  public boolean required() {
    return getter.isAnnotationPresent(Validation.Required.class);
  }

  public boolean isFlag() {
    return type() == boolean.class;
  }

  public boolean isList() {
    return type() == List.class;
  }

  private Class<?> type() {
    return getter.getReturnType();
  }

  /** What stands for the value in the help; empty for a flag. */
  String valueName() {
    ValueName given = getter.getAnnotation(ValueName.class);
    if (given != null) {
      return given.value();
    }
    return type().isEnum() ? String.join("|", choices()) : isFlag() ? "" : "VALUE";
  }

  /** The words to choose from; none where the value is no choice. */
  public List<String> choices() {
    return type().isEnum()
        ? Arrays.stream(type().getEnumConstants())
            .map(constant -> word((Enum<?>) constant))
            .toList()
        : List.of();
  }

  /** Whether the value is a whole number. */
  public boolean isWhole() {
    return Set.of(int.class, Integer.class, long.class, Long.class).contains(type());
  }

  /** Whether the value is a number with or without a fraction. */
  public boolean isFractional() {
    return type() == double.class || type() == Double.class;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The default as it would be typed, or null if there is none worth saying. */
  public @Nullable String defaultValue() {
    Object value = declaredDefault();
    if (value == null || (value instanceof Integer number && number < 0)) {
      return null;
    }
    return value instanceof Enum<?> constant ? word(constant) : value.toString();
  }

  /** The value where none was given, as the getter returns it. */
  @Nullable Object defaultObject() {
    Object value = declaredDefault();
    return value == null && isFlag() ? false : value;
  }

  private @Nullable Object declaredDefault() {
    for (Annotation annotation : getter.getAnnotations()) {
      if (annotation instanceof Default.Double number) {
        return number.value();
      } else if (annotation instanceof Default.Integer number) {
        return number.value();
      } else if (annotation instanceof Default.Long number) {
        return number.value();
      } else if (annotation instanceof Default.String text) {
        return text.value();
      } else if (annotation instanceof Default.Enum constant) {
        return parseChoice(constant.value());
      }
    }
    return null;
  }

  /**
   * The value that a text means.
   *
   * @throws UserException if it means none
   */
  Object parse(String text) {
    if (isFractional()) {
      return parseNumber(text, "a number such as 0.05", Double::valueOf);
    } else if (type() == int.class || type() == Integer.class) {
      return requireEnough(parseNumber(text, "a whole number such as 8", Integer::valueOf));
    } else if (type() == long.class || type() == Long.class) {
      return parseNumber(text, "a whole number such as 8", Long::valueOf);
    } else if (type() == boolean.class) {
      return parseFlag(text);
    } else if (type().isEnum()) {
      return parseChoice(text);
    } else if (isList() || type() == String.class) {
      return text;
    }
    throw new IllegalStateException("no command line form for " + getter);
  }

  private Object parseNumber(String text, String wanted, Function<String, Object> parser) {
    try {
      if (!text.isEmpty() && "dDfF".indexOf(text.charAt(text.length() - 1)) < 0) {
        return parser.apply(text.strip());
      }
    } catch (NumberFormatException e) {
      // said below, in words
    }
    throw bad(wanted, text);
  }

  private Object requireEnough(Object number) {
    AtLeast least = getter.getAnnotation(AtLeast.class);
    if (least != null && (Integer) number < least.value()) {
      throw UserException.usage(typed() + " must be at least " + least.value() + ", was " + number);
    }
    return number;
  }

  private Object parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad("true or false", text);
    };
  }

  private Object parseChoice(String text) {
    for (Object constant : type().getEnumConstants()) {
      if (word((Enum<?>) constant).equals(text.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw bad("one of " + String.join(", ", choices()), text);
  }

  private UserException bad(String wanted, String text) {
    return UserException.usage(typed() + " must be " + wanted + ", was '" + text + "'");
  }

  /** Gives the option its value. */
  void set(PipelineOptions options, Object value) {
    try {
      setter().invoke(options, value);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("cannot set " + name, e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no setter for " + name, e);
    }
  }

  private Method setter() throws NoSuchMethodException {
    return getter
        .getDeclaringClass()
        .getMethod("set" + OptionNames.capitalized(name), getter.getReturnType());
  }

  /** The options that an interface declares itself: required ones first, then by name. */
  static List<OptionSpec> declaredBy(Class<?> type) {
    List<OptionSpec> specs = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (OptionNames.isGetter(method)) {
        specs.add(new OptionSpec(method));
      }
    }
    specs.sort(
        (a, b) ->
            a.required() != b.required() ? (a.required() ? -1 : 1) : a.name.compareTo(b.name));
    return specs;
  }
}
