package io.bisift.core.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A plain JSON parser in Python's dialect, for comparison: recursive, over text that the JDK has
 * decoded. Values become Map, List, String, {@link Num}, Boolean and {@link #NULL}.
 */
final class PythonJson {
  static final Object NULL = new Object();

  /** A number as written. */
  record Num(String text, boolean integer) {}

  /** The text is not JSON, and of what kind the defect is. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final Defect defect;

    Refused(Defect defect) {
      super(defect.name(), null, false, false);
      this.defect = defect;
    }
  }

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?<float>(?:\\.[0-9]++)?(?:[eE][-+]?[0-9]++)?)");
  private static final String SPACES =
      "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
          + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

  private final String text;
  private final Matcher number;
  private int at;

  private PythonJson(String text) {
    this.text = text;
    this.number = NUMBER.matcher(text);
  }

  /** {@code str.strip}. */
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && SPACES.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && SPACES.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /** {@code json.loads(line.decode().strip())}, or null where that is empty. */
  static @Nullable Object parse(byte[] line) throws Refused {
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused(Defect.INVALID_UTF8);
    }
    PythonJson json = new PythonJson(strip(decoded));
    if (json.text.isEmpty()) {
      return null;
    }
    Object value = json.value(0);
    json.skipSpace();
    json.require(json.at == json.text.length());
    return value;
  }

  private void require(boolean holds) throws Refused {
    if (!holds) {
      throw new Refused(Defect.INVALID_JSON);
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(String token) {
    if (text.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }

  private Object value(int depth) throws Refused {
    skipSpace();
    if (take("{")) {
      return object(depth + 1);
    } else if (take("[")) {
      return list(depth + 1);
    } else if (take("\"")) {
      return string();
    } else if (take("null")) {
      return NULL;
    } else if (take("true")) {
      return true;
    } else if (take("false")) {
      return false;
    }
    for (String name : List.of("NaN", "Infinity", "-Infinity")) {
      if (take(name)) {
        return new Num(name, false);
      }
    }
    number.region(at, text.length());
    require(number.lookingAt());
    at = number.end();
    return new Num(number.group(), number.group("float").isEmpty());
  }

  private Map<String, Object> object(int depth) throws Refused {
    requireDepth(depth);
    Map<String, Object> object = new LinkedHashMap<>();
    skipSpace();
    if (take("}")) {
      return object;
    }
    do {
      skipSpace();
      require(take("\""));
      String name = string();
      skipSpace();
      require(take(":"));
      object.put(name, value(depth));
      skipSpace();
    } while (take(","));
    require(take("}"));
    return object;
  }

  private List<Object> list(int depth) throws Refused {
    requireDepth(depth);
    List<Object> list = new ArrayList<>();
    skipSpace();
    if (take("]")) {
      return list;
    }
    do {
      list.add(value(depth));
      skipSpace();
    } while (take(","));
    require(take("]"));
    return list;
  }

  private static void requireDepth(int depth) throws Refused {
    if (depth > 1000) {
      throw new Refused(Defect.TOO_DEEP);
    }
  }

  private String string() throws Refused {
    StringBuilder string = new StringBuilder();
    while (!take("\"")) {
      require(at < text.length());
      char c = text.charAt(at++);
      require(c >= ' ');
      string.append(c == '\\' ? escape() : c);
    }
    return string.toString();
  }

  private char escape() throws Refused {
    require(at < text.length());
    char c = text.charAt(at++);
    if (c == 'u') {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        require(at < text.length());
        int digit = "0123456789abcdef".indexOf(Character.toLowerCase(text.charAt(at++)));
        require(digit >= 0);
        value = 16 * value + digit;
      }
      return (char) value;
    }
    int which = "\"\\/bfnrt".indexOf(c);
    require(which >= 0);
    return "\"\\/\b\f\n\r\t".charAt(which);
  }
}
