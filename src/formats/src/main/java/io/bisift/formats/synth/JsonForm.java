package io.bisift.formats.synth;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The two forms in which Python's {@code json.dumps} writes text; published files have both. */
enum JsonForm {
  /** {@code ensure_ascii=True}, its default: {@code \u2248}. */
  ASCII,
  /** {@code ensure_ascii=False}: ≈ itself. */
  UTF8;

  private static final int FIRST_PRINTABLE = 0x20;
  private static final int FIRST_NOT_ASCII = 0x80;

  /** The inside of a JSON string. */
  byte[] encode(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE || (c >= FIRST_NOT_ASCII && this == ASCII)) {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
