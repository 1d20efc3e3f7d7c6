package io.bisift.pipelines.options;

import java.util.regex.Pattern;

/** Paths on this machine that are written as URIs. */
public final class LocalPath {
  /** Of {@code file:/x}, {@code file:///x}, and {@code file://x} for a relative path. */
  private static final Pattern SCHEME = Pattern.compile("^file:(?://|(?=/))");

  private LocalPath() {}

  /** A path without the scheme {@code file}; any other one as it is. */
  public static String of(String path) {
    return SCHEME.matcher(path).replaceFirst("");
  }
}
