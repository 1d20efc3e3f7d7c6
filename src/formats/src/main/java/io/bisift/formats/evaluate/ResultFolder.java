package io.bisift.formats.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import io.bisift.formats.output.OwnedFolder;
import io.bisift.formats.output.Ownership;
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
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an evaluation or a reranking. As with sets, {@code run.json} comes first and tells
 * whose it is, and {@code metrics.json} comes last and tells that it is complete; chunks that an
 * unfinished run left are kept for the next one.
 */
public final class ResultFolder implements OwnedFolder {
  public static final String SCORES = "scores";
  public static final String REJECTED = "rejected";
  public static final String METRICS = "metrics.json";
  public static final String REPORT = "report.html";
  static final String CHUNKS = "chunks";

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
      @Nullable String java) {
    byte[] bytes() {
      return Json.pretty(this).getBytes(StandardCharsets.UTF_8);
    }
  }

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

  @Override
  public OutputLayout layout() {
    return layout;
  }

  @Override
  public String last() {
    return METRICS;
  }

  /** The folder as the run that owns it writes to it. */
  ResultFolder ownedBy(String id) {
    return new ResultFolder(ownedBy(id, storage), layout.folder());
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
              .orElse("no " + OutputLayout.RUN + " of ours beside its files");
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
   * it twice for one run is no harm. Of two runs that want it at once, one gets it, where the
   * storage has versions.
   *
   * @param id of the run
   * @throws UserException if the folder holds anything foreign, or a complete outcome that the run
   *     may not replace
   */
  public void claim(Map<String, Object> parameters, boolean force, String tool, String id)
      throws IOException {
    try {
      Ownership ownership = Ownership.of(this, storage.versions(layout.folder()));
      if (isOwner(id)) {
        return; // a second attempt
      }
      requireFree(force);
      boolean complete = state() == State.COMPLETE;
      Run locked = run(parameters, tool, id + Ownership.CLEARING);
      ownership.removeLast();
      ownership.lock(locked.bytes(), run().map(Run::bytes).orElse(null));
      if (!force && storage.isFile(layout.path(METRICS))) {
        ownership.unlock(); // a run that was about to end has just ended
        requireFree(/* force= */ false);
        throw taken();
      }
      List<String> old =
          names().stream()
              .filter(name -> !name.equals(OutputLayout.RUN))
              .filter(name -> complete || !name.startsWith(CHUNKS + "/"))
              .map(layout::path)
              .toList();
      storage.delete(old);
      ownership.write(run(parameters, tool, id).bytes());
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static Run run(Map<String, Object> parameters, String tool, String id) {
    return new Run(FORMAT, id, tool, parameters, Instant.now().toString(), null, null, null, null);
  }

  private boolean isOwner(String id) throws IOException {
    return run().filter(run -> run.id().equals(id)).isPresent();
  }

  @Override
  public void requireOwner(String id) throws IOException {
    if (!isOwner(id)) {
      throw taken();
    }
  }

  /**
   * Completes the folder: report, run file, metrics; then chunks and unfinished files go.
   *
   * @param id of the run
   * @throws UserException if another run has taken the folder since
   */
  public void complete(String report, String metrics, String runner, String id) throws IOException {
    try {
      Ownership ownership = Ownership.of(this, storage.versions(layout.folder()));
      requireOwner(id);
      ownedBy(id).write(REPORT, report.getBytes(StandardCharsets.UTF_8));
      ownership.write(ended(run().orElseThrow(), runner).bytes());
      ownership.commit(metrics.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(e);
    }
    storage.deleteFolder(layout.path(CHUNKS));
    storage.deleteFolder(layout.temporaryFolder());
  }

  private static Run ended(Run run, String runner) {
    Instant now = Instant.now();
    return new Run(
        run.format(),
        run.id(),
        run.tool(),
        run.parameters(),
        run.started(),
        now.toString(),
        Duration.between(Instant.parse(run.started()), now).toMillis() / 1000.0,
        runner,
        System.getProperty("java.version"));
  }

  /** The run file, if there is one of ours. */
  public Optional<Run> run() throws IOException {
    return text(OutputLayout.RUN)
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

  @Override
  public void write(String name, byte[] content) throws IOException {
    // two attempts at one file must not meet in one temporary file
    String temporary = layout.temporary(name.replace('/', '-') + "." + UUID.randomUUID());
    try (OutputStream out = Channels.newOutputStream(storage.create(temporary))) {
      out.write(content);
    }
    storage.move(temporary, layout.path(name));
  }

  @Override
  public void remove(String name) throws IOException {
    storage.delete(List.of(layout.path(name)));
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
