package io.bisift.model.commandline;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Choices as they are typed: {@code macro-f1} for {@code MACRO_F1}. */
public final class ChoiceNames {
  private ChoiceNames() {}

  /** Makes a command line take the values of an enum. */
  public static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
    line.registerConverter(
        type,
        typed ->
            Arrays.stream(type.getEnumConstants())
                .filter(value -> name(value).equals(typed))
                .findFirst()
                .orElseThrow(
                    () ->
                        new TypeConversionException(
                            "'%s' is none of %s"
                                .formatted(
                                    typed,
                                    Arrays.stream(type.getEnumConstants())
                                        .map(ChoiceNames::name)
                                        .collect(Collectors.joining(", "))))));
  }

  /** A choice as it is typed; made of what its {@code toString} says. */
  public static String name(Enum<?> value) {
    return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
