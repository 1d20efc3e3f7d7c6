package io.bisift.pipelines.commandline;

import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** One word of the command line. A new one is a class that implements this, and a line in main. */
public interface CliCommand {
  /** As it is typed. */
  String name();

  /** What it does, in half a line that begins with a verb. */
  String summary();

  /** What it does, in a few sentences. */
  String description();

  /** Declares all of its options. */
  Class<? extends PipelineOptions> options();

  /** The option that words without an option before them are values of; empty: there is none. */
  default String wordsOption() {
    return "";
  }

  /** Whether the options of Beam are its options too. */
  default boolean takesBeamOptions() {
    return true;
  }

  /** Whole command lines. */
  List<String> examples();

  /**
   * Does it.
   *
   * @return the exit code
   * @throws Exception shown in one line; see {@link ErrorReport}
   */
  int run(Invocation invocation) throws Exception;
}
