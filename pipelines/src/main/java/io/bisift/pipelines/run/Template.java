package io.bisift.pipelines.run;

import io.bisift.beam.file.BuildDataset;
import io.bisift.core.message.ErrorLine;
import io.bisift.formats.evaluate.ResultParameters;
import io.bisift.formats.output.RunGroup;
import io.bisift.pipelines.commandline.ArgumentParser;
import io.bisift.pipelines.commandline.ErrorReport;
import io.bisift.pipelines.commandline.ExitCode;
import io.bisift.pipelines.commandline.Screen;
import io.bisift.pipelines.commandline.Version;
import java.util.UUID;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;

/** What the {@code main} of a pipeline does: builds the graph and starts it. Touches no file. */
public final class Template {
  /** The JVM's first thread. */
  private static final long MAIN_THREAD = 1;

  private static final String DATASET = "BuildDataset";

  private Template() {}

  /**
   * Starts the pipeline and returns at once, where the runner does. What the user can mend is told
   * in one line, and ends the process; all else is thrown, for the service that called. A service
   * that calls from a thread of its own, as Flink's JobManager does, gets everything thrown: its
   * process is not ours to end.
   *
   * @param type the options; the rules for arguments are those of the command line
   */
  public static <T extends PipelineOptions> void main(
      Class<T> type, Function<T, RunGroup> group, String... args) {
    main(type, DATASET, dataset(group), args);
  }

  /**
   * The same for evaluations and rerankings.
   *
   * @param reader what the options mean
   */
  public static <T extends PipelineOptions, P extends ResultParameters> void main(
      Class<T> type, Function<T, P> reader, ResultKind<P> kind, String... args) {
    main(
        type,
        kind.transform(),
        options -> kind.graph(reader.apply(options), UUID.randomUUID().toString()),
        args);
  }

  /**
   * The same for any graph.
   *
   * @param name of the graph's transform
   * @param graph by the options
   */
  public static <T extends PipelineOptions> void main(
      Class<T> type, String name, Function<T, PTransform<PBegin, PDone>> graph, String... args) {
    if (Thread.currentThread().getId() != MAIN_THREAD) {
      launch(type, name, graph, args);
      return;
    }
    int exitCode = start(Screen.ofProcess(), type, name, graph, args);
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  private static <T> Function<T, PTransform<PBegin, PDone>> dataset(Function<T, RunGroup> group) {
    return options ->
        BuildDataset.of(group.apply(options), Version.tool(), UUID.randomUUID().toString());
  }

  static <T extends PipelineOptions> int start(
      Screen screen, Class<T> type, Function<T, RunGroup> group, String... args) {
    return start(screen, type, DATASET, dataset(group), args);
  }

  private static <T extends PipelineOptions> int start(
      Screen screen,
      Class<T> type,
      String name,
      Function<T, PTransform<PBegin, PDone>> graph,
      String... args) {
    try {
      launch(type, name, graph, args);
      return ExitCode.OK;
    } catch (RuntimeException e) {
      if (!ErrorLine.isKnown(e)) {
        throw e;
      }
      screen.note(ErrorReport.message(e, /* stackTrace= */ false));
      return ErrorReport.exitCode(e);
    }
  }

  private static <T extends PipelineOptions> void launch(
      Class<T> type, String name, Function<T, PTransform<PBegin, PDone>> graph, String... args) {
    T options = ArgumentParser.parse(type, args);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(name, graph.apply(options));
    pipeline.run();
  }
}
