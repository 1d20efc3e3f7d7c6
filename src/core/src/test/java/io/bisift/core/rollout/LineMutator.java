package io.bisift.core.rollout;

import io.bisift.core.TestData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Makes odd and broken lines out of others. The same seed gives the same lines. */
final class LineMutator {
  private static final List<String> FILES =
      List.of(
          "edges/b_odd",
          "edges/a_ties",
          "edges/k_unicode",
          "edges/e_one",
          "poison/a_types",
          "poison/b_bytes",
          "poison/c_bom");

  /** Short lines that have much in them, so that a mutation is likely to matter. */
  private static final List<String> OWN =
      List.of(
          "{\"steps_with_score\":[{\"step\":\"a\",\"score\":0.5}]}",
          "{\"image\":\"i\",\"question_orig\":\"q\",\"steps_with_score\":[{\"step\":\"a\",\"score\":1}]}",
          "{\"image\":[\"i\",\"j\"],\"question_orig\":null,\"question\":\" p \",\"steps_with_score\":"
              + "[{\"step\":\"a\",\"score\":\"0.25\",\"num_mc_correct\":4,\"num_mc_total\":16},"
              + "{\"step\":\"b\",\"score\":true,\"num_mc_correct\":4.0}]}",
          "{\"x\":[{},[],[[1,-2.5e-3]],\"\\u00e9\\ud83d\\ude00\"],\"steps_with_score\":[{\"score\":0}]}",
          "{\"image\":\"a/b\\\\c.png\",\"question_orig\":\"\\n \\tq\\\\n \\\\\",\"steps_with_score\":["
              + "{\"step\":\" x\\n\\ny \\\\\\n\",\"score\":0.5,\"num_mc_correct\":8,\"num_mc_total\":16},"
              + "{\"num_mc_total\":16,\"score\":0.0625,\"step\":\"\\fz\\b\\r\u00a0 \",\"num_mc_correct\":null}]}",
          "[]",
          "\"text\"",
          "-1.5E+2",
          "null");

  /** What may stand in a string, and a little that may not. */
  private static final String IN_STRINGS =
      "\\n \\t \\r \\f \\b \\\" \\\\ \\\\n \\\\\\n \\n\\n n t \\/ \\u000a \\u0020 \\u2028 \\u0000 \\u001f \\ud83d\\ude00 \\udc00 \\u00a0 \\u000b"
          + " \u00e9 \u6f22 \ud83d\ude00 \ud876\udc00 \u00a0 \u0085 \u2028 \u3000 \u200b \ufeff \uffff \u007f \u0661";

  private static final List<String> TEXTS = List.of(IN_STRINGS.split(" "));

  private static final List<String> WHITE = List.of(" ", "\t", "\r", "\n", "  ");

  /** Tokens that may stand in for each other, right and wrong. */
  private static final List<String> TOKENS =
      ("{ } [ ] , : \" \\ {} [] {{ ]] , ,, :: \"\" null true false nul True None NaN Infinity"
              + " -Infinity -NaN +NaN nan INF -INF +INF +Infinity -Inf inf Infinit 0 -0 -0.0 0.0 1 1.0 01 -01"
              + " 00 1. .5 -.5 +1 - + 1e 1e5 1E-2 1e+ 1e400 -1e400 1e-400 0e0 0x1 1_0 0.1e1 1.5 -1 2 -0e3"
              + " 99999999999999999999 0.30000000000000004 1e-12 /**/ //x # 'a' a \"a\" \"0.5\" \"1\""
              + " \"abc\" \"nan\" \"inf\" \"-0\" \"1_0\" \"0_0.5\" \"\\u001c1\" \"\\u00a01\" \"\\u0661\" \"0x1\""
              + " \"1e-1\" \".5\" \"5.\" \"\\u0000\" \"\\ud800\" \"\\udc00\" \"\\ud83d\\ude00\" \"\\uD83D\\uDE00\""
              + " \"\\ude00\\ud83d\" \"\\uDBFFx\" \"\\uZZZZ\" \"\\u12\" \"\\x\" \"\\/\" \"\\\" \"\\\\\" \"\\u0020\""
              + " \"\\u2028\" \"\\ud800\":1, \"\\udfff\\u0000\":{}, \"a\\\\\\ud8ff\":[], \"\\ud8G0\":1, \"\\ud83d"
              + " \"image\":\"j\", \"image\":null, \"image\":[], \"image\":[1], \"image\\u0000\":1, \"\\u0069mage\":\"k\","
              + " \"question_orig\":{}, \"question_orig\":[[]], \"question_orig\":0, \"question_orig\":-0.0,"
              + " \"question_orig\":NaN, \"question_orig\":false, \"question_orig\":\"\", \"question_orig\":1e-400,"
              + " \"question\":5, \"question\":\"r\", \"question\":null, \"steps_with_score\":[], \"steps_with_score\":[1],"
              + " \"steps_with_score\":[{}], \"steps_with_score\":[{\"score\":0.5}], \"steps_with_score\":{},"
              + " \"score\":null, \"score\":0.5, \"score\":\"\", \"score\":[0.5], \"score\":-0, \"score\":NaN,"
              + " \"step\":\"\\u3000\", \"step\":5, \"step\":\"\\u200b\", \"num_mc_total\":-1, \"num_mc_total\":\"1\","
              + " \"num_mc_correct\":1e2, \"num_mc_correct\":0.5, \"num_mc_correct\":99999999999999999999,"
              + " \"num_mc_correct\":016, \"num_mc_total\":999999999999999, \"num_mc_total\":9999999999999999, "
              + IN_STRINGS)
          .lines()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .toList();

  private static final List<String> VALUES = TOKENS.stream().filter(LineMutator::isValue).toList();
  private static final List<String> MEMBERS =
      TOKENS.stream().filter(token -> token.matches("\".*:.*,")).toList();

  private static final byte[] ODD_BYTES = {
    0,
    1,
    9,
    10,
    13,
    0x0b,
    0x0c,
    0x1c,
    0x1f,
    0x20,
    0x7f,
    (byte) 0x80,
    (byte) 0xa0,
    (byte) 0xbf,
    (byte) 0xc0,
    (byte) 0xc2,
    (byte) 0xe0,
    (byte) 0xed,
    (byte) 0xef,
    (byte) 0xf0,
    (byte) 0xf4,
    (byte) 0xf5,
    (byte) 0xff,
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '-',
    '.',
    'e',
    'u'
  };

  private final List<byte[]> seeds;
  private final SplittableRandom random;
  private final boolean gently;

  private LineMutator(long seed, List<byte[]> seeds, boolean gently) {
    this.random = new SplittableRandom(seed);
    this.seeds = seeds;
    this.gently = gently;
  }

  /** Breaks most lines. */
  static LineMutator of(long seed) {
    return new LineMutator(seed, lines(), false);
  }

  /**
   * Leaves most lines whole, but odd: their strings, members, values and the white space between.
   *
   * @param usual which lines are good enough to start from
   */
  static LineMutator gently(long seed, Predicate<byte[]> usual) {
    return new LineMutator(seed, lines().stream().filter(usual).toList(), true);
  }

  private static List<byte[]> lines() {
    List<byte[]> seeds = new ArrayList<>();
    for (String file : FILES) {
      for (byte[] line : TestData.lines("/golden/" + file + ".jsonl.gz")) {
        if (line.length < 700) {
          seeds.add(line);
        }
      }
    }
    int others = seeds.size();
    while (seeds.size() < 2 * others) { // as many of ours as of theirs
      OWN.forEach(line -> seeds.add(utf8(line)));
    }
    return seeds;
  }

  byte[] next() {
    byte[] line = pick(seeds);
    do {
      line = gently ? nudge(line) : mutate(line);
    } while (random.nextInt(3) == 0);
    return line;
  }

  private byte[] mutate(byte[] line) {
    int from = random.nextInt(line.length + 1);
    int to = Math.min(line.length, from + random.nextInt(1, random.nextInt(10) == 0 ? 60 : 4));
    return switch (random.nextInt(15)) {
      case 0 -> splice(line, from, to, new byte[] {(byte) random.nextInt(256)});
      case 1 -> splice(line, from, from, new byte[] {ODD_BYTES[random.nextInt(ODD_BYTES.length)]});
      case 2 -> splice(line, from, to, new byte[0]);
      case 3 ->
          random.nextBoolean() ? Arrays.copyOf(line, from) : splice(line, 0, from, new byte[0]);
      case 4 -> splice(line, from, from, Arrays.copyOfRange(line, from, to));
      case 5 -> splice(line, from, from, utf8(pick(TOKENS)));
      case 6 -> splice(line, from, to, slice(pick(seeds)));
      case 7 -> splice(line, random.nextBoolean() ? 0 : line.length, -1, utf8(pick(TOKENS)));
      case 8 -> insertBehind("{[,:", line, pick(TOKENS));
      case 9, 10, 11 -> insertBehind("{", line, pick(MEMBERS));
      case 12 -> replaceToken(line, pick(TOKENS));
      default -> replaceToken(line, pick(VALUES));
    };
  }

  private byte[] nudge(byte[] line) {
    return switch (random.nextInt(10)) {
      case 0 -> insertBehind("{", line, pick(MEMBERS));
      case 1 -> replaceToken(line, pick(VALUES));
      case 2 -> insertBehind("{}[],:", line, pick(WHITE));
      default -> inString(line);
    };
  }

  /** Inserts, removes or doubles something within a string. */
  private byte[] inString(byte[] line) {
    List<Integer> places = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < line.length; i++) {
      boolean within = (line[i] & 0xC0) == 0x80; // in the middle of a character
      if (inside && !within) {
        places.add(i);
      }
      if (line[i] == '"') {
        inside = !inside;
      } else if (inside && line[i] == '\\') {
        i++;
      }
    }
    if (places.isEmpty()) {
      return line;
    }
    int place = random.nextInt(places.size());
    int at = places.get(place);
    int to = places.get(Math.min(places.size() - 1, place + random.nextInt(1, 4)));
    return switch (random.nextInt(6)) {
      case 0 -> splice(line, at, to, new byte[0]);
      case 1 -> splice(line, at, at, Arrays.copyOfRange(line, at, to));
      default -> splice(line, at, at, utf8(pick(TEXTS)));
    };
  }

  private byte[] insertBehind(String marks, byte[] line, String token) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < line.length; i++) {
      if (marks.indexOf(line[i]) >= 0) {
        places.add(i + 1);
      }
    }
    int at = places.isEmpty() ? 0 : pick(places);
    return splice(line, at, at, utf8(token));
  }

  /** Replaces what stands between two punctuation marks. */
  private byte[] replaceToken(byte[] line, String token) {
    int from = random.nextInt(line.length + 1);
    while (from > 0 && "{}[],:".indexOf(line[from - 1]) < 0) {
      from--;
    }
    int to = from;
    while (to < line.length && "{}[],:".indexOf(line[to]) < 0) {
      to++;
    }
    return splice(line, from, to, utf8(token));
  }

  private byte[] slice(byte[] line) {
    int from = random.nextInt(line.length + 1);
    return Arrays.copyOfRange(line, from, Math.min(line.length, from + random.nextInt(80)));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static boolean isValue(String token) {
    try {
      return PythonJson.parse(utf8(token)) != null;
    } catch (PythonJson.Refused e) {
      return false;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] splice(byte[] line, int from, int to, byte[] middle) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(line.length + middle.length);
    out.write(line, 0, from);
    out.writeBytes(middle);
    int rest = Math.max(from, to);
    out.write(line, rest, line.length - rest);
    return out.toByteArray();
  }
}
