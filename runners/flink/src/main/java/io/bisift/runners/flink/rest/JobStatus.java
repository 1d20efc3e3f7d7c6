package io.bisift.runners.flink.rest;

import java.util.Locale;
import java.util.Map;

/**
 * A job at a glance.
 *
 * @param state in Flink's words, such as RUNNING
 * @param steps how many of the job's steps are in which state
 * @param restarts how often it was started again, as far as Flink remembers (the last 16 times)
 */
public record JobStatus(String state, Map<String, Integer> steps, int restarts) {
  /** Whether nothing more will happen. */
  public boolean ended() {
    return isEnd(state);
  }

  public boolean succeeded() {
    return state.equals("FINISHED");
  }

  /** In words, for a person who waits. */
  public String inWords() {
    int all = steps.values().stream().mapToInt(Integer::intValue).sum();
    String progress = steps.getOrDefault("FINISHED", 0) + " of " + all + " steps done";
    String again =
        restarts == 0 ? "" : ", restarted " + restarts + (restarts > 1 ? " times" : " time");
    return state.toLowerCase(Locale.ROOT) + ", " + progress + again;
  }

  static boolean isEnd(String state) {
    return state.equals("FINISHED") || state.equals("FAILED") || state.equals("CANCELED");
  }
}
