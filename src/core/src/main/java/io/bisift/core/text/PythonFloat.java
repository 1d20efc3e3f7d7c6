package io.bisift.core.text;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.OptionalDouble;

/** Floating-point numbers as Python reads them from text and prints them. */
public final class PythonFloat {
  /** From here up to {@link #PLAIN_TO} Java's form has no exponent either, and is Python's. */
  private static final double PLAIN_FROM = 1e-3;

  private static final double PLAIN_TO = 1e7;

  private PythonFloat() {}

  /**
   * Python's {@code float(text)}: white space around, a sign, digits of any script with single
   * underscores between them, {@code inf}, {@code infinity} and {@code nan} in any case.
   *
   * @return empty where Python raises {@code ValueError}
   */
  public static OptionalDouble parse(String text) {
    String ascii = toAscii(text).strip();
    if (ascii.isEmpty()) {
      return OptionalDouble.empty();
    }
    int at = ascii.charAt(0) == '+' || ascii.charAt(0) == '-' ? 1 : 0;
    boolean negative = ascii.charAt(0) == '-';
    String unsigned = ascii.substring(at);
    if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
      return OptionalDouble.of(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (unsigned.equalsIgnoreCase("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    int whole = digits(unsigned, 0);
    int end = whole;
    if (end < unsigned.length() && unsigned.charAt(end) == '.') {
      int fraction = digits(unsigned, end + 1);
      if (whole == 0 && fraction == end + 1) {
        return OptionalDouble.empty();
      }
      end = fraction;
    } else if (whole == 0) {
      return OptionalDouble.empty();
    }
    if (end < unsigned.length() && (unsigned.charAt(end) == 'e' || unsigned.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < unsigned.length()
          && (unsigned.charAt(exponent) == '+' || unsigned.charAt(exponent) == '-')) {
        exponent++;
      }
      end = digits(unsigned, exponent);
      if (end == exponent) {
        return OptionalDouble.empty();
      }
    }
    return end == unsigned.length()
        ? OptionalDouble.of(Double.parseDouble(ascii.replace("_", "")))
        : OptionalDouble.empty();
  }

  /**
   * Python's {@code repr}: the shortest decimal that reads back as the same double, in scientific
   * form below 1e-4 and from 1e16.
   */
  public static String print(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    // not Double.toString: before JDK 19 it is not always the shortest
    String java = NumberOutput.toString(Math.abs(value), true);
    if (Math.abs(value) >= PLAIN_FROM && Math.abs(value) < PLAIN_TO) {
      return value < 0 ? "-" + java : java;
    }
    int mark = java.indexOf('E');
    String mantissa = mark < 0 ? java : java.substring(0, mark);
    int exponent = mark < 0 ? 0 : Integer.parseInt(java.substring(mark + 1));
    int point = mantissa.indexOf('.');
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    exponent += point;
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    digits = stripZeros(digits.substring(zeros));
    exponent -= zeros;
    if (digits.equals("0")) {
      exponent = 1;
    } else if (digits.length() == 2) {
      int one = oneDigit(Integer.parseInt(digits), exponent - 1, Math.abs(value));
      if (one == 10) {
        digits = "1";
        exponent++;
      } else if (one > 0) {
        digits = Integer.toString(one);
      }
    }
    return (Math.copySign(1, value) < 0 ? "-" : "") + layout(digits, exponent);
  }

  /**
   * Java wants at least two digits, so it prints 4.9E-324 where 5e-324 is enough. The d in 1 to 10
   * with d × 10^power = value, the one nearer to {@code tenths} first; 0 if there is none.
   */
  private static int oneDigit(int tenths, int power, double value) {
    int nearest = (tenths + 5) / 10;
    int other = nearest > tenths / 10 ? nearest - 1 : nearest + 1;
    for (int digit : new int[] {nearest, other}) {
      if (digit > 0 && Double.parseDouble(digit + "E" + power) == value) {
        return digit;
      }
    }
    return 0;
  }

  /** Lays out 0.DIGITS × 10^exponent as Python does. */
  private static String layout(String digits, int exponent) {
    if (exponent > -4 && exponent <= 16) {
      if (exponent <= 0) {
        return "0." + "0".repeat(-exponent) + digits;
      }
      return digits.length() <= exponent
          ? digits + "0".repeat(exponent - digits.length()) + ".0"
          : digits.substring(0, exponent) + "." + digits.substring(exponent);
    }
    int power = exponent - 1;
    return digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (power < 0 ? "e-" : "e+")
        + (Math.abs(power) < 10 ? "0" : "")
        + Math.abs(power);
  }

  private static String stripZeros(String digits) {
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(0, end);
  }

  /**
   * Unicode decimal digits as ASCII ones, and white space beyond ASCII as spaces; anything else
   * becomes '?', and so do U+001C to U+001F: no space to Python here, unlike in {@code str.strip}.
   */
  private static String toAscii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80) {
                ascii.append(c >= 0x1C && c <= 0x1F ? '?' : (char) c);
              } else if (PythonText.isSpace(c)) {
                ascii.append(' ');
              } else if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                ascii.append((char) ('0' + Character.digit(c, 10)));
              } else {
                ascii.append('?');
              }
            });
    return ascii.toString();
  }

  /** End of the digits from {@code from} on; an underscore counts only between two digits. */
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean joins =
          c == '_' && at > from && at + 1 < text.length() && isDigit(text.charAt(at + 1));
      if (!isDigit(c) && !joins) {
        break;
      }
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
