package io.bisift.formats.output;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Who writes, or wrote, into a folder: the only file that differs between reruns.
 *
 * @param format name and version of this file's format
 * @param id of the run; another id means that another run took the folder
 * @param started as ISO 8601, UTC
 * @param finished as ISO 8601, UTC; this and all below only when the run is over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFile(
    String format,
    String id,
    String tool,
    RunParameters parameters,
    String started,
    @Nullable String finished,
    @Nullable Double wallSeconds,
    @Nullable String runner,
    @Nullable String host,
    @Nullable String java) {
  public static final String FORMAT = "bisift-run/1";

  RunFile withId(String other) {
    return new RunFile(
        format, other, tool, parameters, started, finished, wallSeconds, runner, host, java);
  }
}
