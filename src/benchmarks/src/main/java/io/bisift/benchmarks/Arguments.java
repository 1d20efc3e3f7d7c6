package io.bisift.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A benchmark program's command line: {@code --name value}, {@code --name=value}, flags. */
public final class Arguments {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private Arguments() {}

  /**
   * @param options names that take a value
   * @param flags names that take none
   * @throws UsageException if there is anything else
   */
  public static Arguments parse(String[] args, Set<String> options, Set<String> flags) {
    Arguments parsed = new Arguments();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        throw new UsageException("unexpected argument " + args[i]);
      }
      int equals = args[i].indexOf('=');
      String name = args[i].substring(2, equals < 0 ? args[i].length() : equals);
      if (flags.contains(name) && equals < 0) {
        parsed.add(name, "");
      } else if (!options.contains(name)) {
        throw new UsageException("unknown option " + args[i]);
      } else if (equals >= 0) {
        parsed.add(name, args[i].substring(equals + 1));
      } else if (i + 1 < args.length) {
        parsed.add(name, args[++i]);
      } else {
        throw new UsageException("--" + name + " needs a value");
      }
    }
    return parsed;
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** All values of an option, in the order given. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** An option's value, the last one where there are several. */
  public Optional<String> get(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** A whole number from 1 on. */
  public int count(String name, int otherwise) {
    String value = get(name).orElse(Integer.toString(otherwise));
    try {
      int count = Integer.parseInt(value);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // told below, like a number that is too small
    }
    throw new UsageException("--" + name + " must be a whole number from 1 on, was " + value);
  }

  /** A number above 0. */
  public double number(String name, double otherwise) {
    return get(name).map(value -> number(name, value)).orElse(otherwise);
  }

  /** Numbers above 0, separated by commas. */
  public List<Double> numbers(String name, List<Double> otherwise) {
    return get(name)
        .map(list -> List.of(list.split(",", -1)))
        .map(list -> list.stream().map(value -> number(name, value)).toList())
        .orElse(otherwise);
  }

  private static double number(String name, String value) {
    try {
      double number = Double.parseDouble(value.strip());
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, like a number that makes no sense
    }
    throw new UsageException("--" + name + " must be a number above 0, was " + value);
  }

  /** The command line is wrong; the message says how. */
  public static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
      super(message);
    }
  }
}
