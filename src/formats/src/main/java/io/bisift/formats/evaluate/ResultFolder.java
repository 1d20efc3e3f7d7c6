package io.bisift.formats.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an evaluation or a reranking. As with sets, {@code run.json} comes first and tells
 * whose it is, and {@code metrics.json} comes last and tells that it is complete; chunks that an
 * unfinished run left are kept for the next one.
 */
public final class ResultFolder {
  public static final String SCORES = "scores";
  public static final String REJECTED = "rejected";
  public static final String METRICS = "metrics.json";
  public static final String REPORT = "report.html";
  static final String CHUNKS = "chunks";

  private static final String RUN = "run.json";
  private static final String FORMAT = "bisift-evaluation-run/1";
  private static final Pattern OURS =
      Pattern.compile(
          "run\\.json|metrics\\.json|report\\.html|chunks/\\d+"
              + "|(scores|rejected|problems)/part-\\d{5,}-of-\\d{5,}\\.jsonl");

  private final Storage storage;
  private final OutputLayout layout;

  /** Who writes, or wrote: the only file that differs between reruns. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Run(
      String format,
      String id,
      String tool,
      Map<String, Object> parameters,
      String started,
      @Nullable String finished,
      @Nullable Double wallSeconds,
      @Nullable String runner,
      @Nullable String java) {}

  /** What a run finds there. */
  public enum State {
    EMPTY,
    UNFINISHED,
    COMPLETE,
    FOREIGN
  }

  public ResultFolder(Storage storage, String folder) {
    this.storage = storage;
    this.layout = new OutputLayout(folder);
  }

  public OutputLayout layout() {
    return layout;
  }

  /** What is there now. */
  public State state() throws IOException {
    List<String> names = names();
    if (names.isEmpty()) {
      return State.EMPTY;
    }
    if (names.stream().allMatch(OutputLayout::isTemporary)) {
      return State.UNFINISHED;
    }
    if (!names.stream().allMatch(ResultFolder::isOurs) || run().isEmpty()) {
      return State.FOREIGN;
    }
    return names.contains(METRICS) ? State.COMPLETE : State.UNFINISHED;
  }

  private static boolean isOurs(String name) {
    return OutputLayout.isTemporary(name) || OURS.matcher(name).matches();
  }

  /** Refuses a folder that a run may not write into. */
  public void requireFree(boolean force) throws IOException {
    State state = state();
    if (state == State.FOREIGN) {
      String foreign =
          names().stream()
              .filter(name -> !isOurs(name))
              .findFirst()
              .orElse("no " + RUN + " of ours beside its files");
      throw UserException.usage(
          layout.folder()
              + " holds files that are not of an evaluation ("
              + foreign
              + "); name another --output");
    }
    if (state == State.COMPLETE && !force) {
      throw UserException.usage(
          layout.folder() + " holds a complete evaluation; --force replaces it");
    }
  }

  /**
   * Takes the folder for a run: clears all but the chunks, which are looked at one by one. Taking
   * it twice for one run is no harm.
   */
  public void claim(Map<String, Object> parameters, boolean force, String tool, String id)
      throws IOException {
    try {
      if (run().filter(run -> run.id().equals(id)).isPresent()) {
        return; // a second attempt
      }
      requireFree(force);
      boolean complete = state() == State.COMPLETE;
      storage.delete(List.of(layout.path(METRICS)));
      List<String> old =
          names().stream()
              .filter(name -> !name.equals(RUN) && (complete || !name.startsWith(CHUNKS + "/")))
              .map(layout::path)
              .toList();
      storage.delete(old);
      String now = Instant.now().toString();
      write(RUN, Json.pretty(new Run(FORMAT, id, tool, parameters, now, null, null, null, null)));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Ends the run if another one has taken the folder since. */
  public void requireOwner(String id) throws IOException {
    if (run().filter(run -> run.id().equals(id)).isEmpty()) {
      throw UserException.failure(
          "another run has taken "
              + layout.folder()
              + "; this one stops, so that the two do not mix");
    }
  }

  /** Completes the folder: report, run file, metrics; then chunks and unfinished files go. */
  public void complete(String report, String metrics, String runner) throws IOException {
    try {
      write(REPORT, report);
      Run run = run().orElseThrow();
      Instant now = Instant.now();
      double seconds = Duration.between(Instant.parse(run.started()), now).toMillis() / 1000.0;
      write(
          RUN,
          Json.pretty(
              new Run(
                  run.format(),
                  run.id(),
                  run.tool(),
                  run.parameters(),
                  run.started(),
                  now.toString(),
                  seconds,
                  runner,
                  System.getProperty("java.version"))));
      write(METRICS, metrics);
    } catch (IOException e) {
      throw failure(e);
    }
    storage.deleteFolder(layout.path(CHUNKS));
    storage.deleteFolder(layout.temporaryFolder());
  }

  /** The run file, if there is one of ours. */
  public Optional<Run> run() throws IOException {
    return text(RUN)
        .flatMap(
            text -> {
              try {
                return Optional.ofNullable(Json.parse(text, Run.class));
              } catch (JsonProcessingException e) {
                return Optional.empty();
              }
            })
        .filter(run -> FORMAT.equals(run.format()));
  }

  /** A small file's text, if it is there. */
  public Optional<String> text(String name) throws IOException {
    return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  Optional<byte[]> bytes(String name) throws IOException {
    String path = layout.path(name);
    if (!storage.isFile(path)) {
      return Optional.empty();
    }
    try (InputStream in = Channels.newInputStream(storage.open(path))) {
      return Optional.of(in.readAllBytes());
    }
  }

  private void write(String name, String text) throws IOException {
    write(name, text.getBytes(StandardCharsets.UTF_8), name);
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @param attempt name that two attempts at one file do not share
   */
  void write(String name, byte[] content, String attempt) throws IOException {
    String temporary = layout.temporary(attempt.replace('/', '-'));
    try (OutputStream out = Channels.newOutputStream(storage.create(temporary))) {
      out.write(content);
    }
    storage.move(temporary, layout.path(name));
  }

  private UserException failure(IOException e) {
    return UserException.failure(
        "cannot write into " + layout.folder() + ": " + OutputLayout.reason(e), e);
  }

  /** Removes what is left of unfinished files. */
  public void removeTemporary() throws IOException {
    storage.deleteFolder(layout.temporaryFolder());
  }

  private List<String> names() throws IOException {
    return storage.listAll(layout.folder()).stream().map(this::name).sorted().toList();
  }

  private String name(StoredFile file) {
    String rest = file.path().substring(layout.folder().length());
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }
}
