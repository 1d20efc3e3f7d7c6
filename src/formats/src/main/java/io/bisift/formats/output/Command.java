package io.bisift.formats.output;

import java.util.Locale;

/** What a run does with the rollouts. */
public enum Command {
  /** Writes all of them. */
  CONVERT,
  /** Writes the best fraction of each source. */
  SELECT;

  /** As it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
