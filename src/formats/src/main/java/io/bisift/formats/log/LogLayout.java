package io.bisift.formats.log;

import io.bisift.core.stream.LogShard;
import io.bisift.formats.shard.TimedName;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the files of a growing set are called. */
final class LogLayout {
  static final String STREAM = "stream.json";
  static final String MANIFESTS = "manifests";
  static final String LOG = "log";
  static final String SOURCES = "sources";
  static final String SUMS = "sums";
  static final String REJECTED = "rejected";

  private static final Pattern MANIFEST = Pattern.compile("(\\d{10})\\.json");

  private static final Pattern SEGMENT_FILE =
      Pattern.compile(
          "(log/[^/]+/\\d{19}-[0-9a-f-]{36})\\.(?:(?:data|index|rejected)\\.jsonl|ranks|receipts)");

  private LogLayout() {}

  /** The name of manifest n. */
  static String manifest(long version) {
    return String.format(Locale.ROOT, "%s/%010d.json", MANIFESTS, version);
  }

  /** The version of a file in the folder of manifests; 0 if it is none. */
  static long version(String fileName) {
    Matcher name = MANIFEST.matcher(fileName);
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  /** A name for a segment that no other one has. */
  static String segment(LogShard shard, long first) {
    return String.format(Locale.ROOT, "%s/%s/%019d-%s", LOG, shard.id(), first, TimedName.next());
  }

  /** The segment that a file below the folder belongs to; nothing if it is none of a segment. */
  static Optional<String> segmentOf(String file) {
    Matcher name = SEGMENT_FILE.matcher(file);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }

  /** The log shard of a segment. */
  static LogShard shardOf(String segment) {
    int end = segment.lastIndexOf('/');
    return LogShard.of(segment.substring(segment.lastIndexOf('/', end - 1) + 1, end));
  }

  /** A name for sums that no others have. */
  static String sums(long version) {
    return String.format(Locale.ROOT, "%s/%010d-%s.bin", SUMS, version, UUID.randomUUID());
  }

  /** The version that sums were written for. */
  static long versionOfSums(String fileName) {
    return Long.parseLong(fileName.substring(0, fileName.indexOf('-')));
  }

  static String data(String segment) {
    return segment + ".data.jsonl";
  }

  static String index(String segment) {
    return segment + ".index.jsonl";
  }

  static String rejected(String segment) {
    return segment + ".rejected.jsonl";
  }

  static String receipts(String segment) {
    return segment + ".receipts";
  }

  static boolean isReceipts(String file) {
    return file.endsWith(receipts(""));
  }

  static String ranks(String segment) {
    return segment + ".ranks";
  }
}
