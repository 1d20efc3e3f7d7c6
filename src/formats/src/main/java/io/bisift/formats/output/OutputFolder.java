package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The folder that a run writes: who may, and when it counts as complete. */
public final class OutputFolder implements OwnedFolder {
  /** What a run finds there. */
  public enum State {
    /** Nothing, or no folder. */
    EMPTY,
    /** A run of ours that did not end: taken up again. */
    UNFINISHED,
    /** A complete set. */
    COMPLETE,
    /** Something that is not ours: left alone. */
    FOREIGN
  }

  private final Storage storage;
  private final OutputLayout layout;

  public OutputFolder(Storage storage, String folder) {
    this.storage = storage;
    this.layout = new OutputLayout(folder);
  }

  @Override
  public OutputLayout layout() {
    return layout;
  }

  @Override
  public String last() {
    return OutputLayout.MANIFEST;
  }

  /** What is there now. */
  public State state() throws IOException {
    List<String> names = names();
    if (names.isEmpty()) {
      return State.EMPTY;
    }
    if (names.stream().allMatch(OutputLayout::isTemporary)) {
      return State.UNFINISHED; // stopped before it had written run.json
    }
    if (!names.stream().allMatch(OutputLayout::isOurs) || runFile().isEmpty()) {
      return State
          .FOREIGN; // run.json is moved into place whole: one that cannot be read is not ours
    }
    return names.contains(OutputLayout.MANIFEST) ? State.COMPLETE : State.UNFINISHED;
  }

  /**
   * Takes the folder for a run: clears what an earlier run left, the manifest first, and writes
   * {@code run.json}. Taking it twice for one run is no harm. Of two runs that want it at once, one
   * gets it, where the storage has versions.
   *
   * @param id of the run
   * @throws UserException if the folder holds anything foreign, or a complete set that the run may
   *     not replace
   */
  public void claim(RunParameters parameters, String tool, String id) throws IOException {
    try {
      Ownership ownership = ownership();
      if (runId().filter(id::equals).isPresent()) {
        return; // a second attempt
      }
      requireFree(parameters.force());
      RunFile run =
          new RunFile(
              RunFile.FORMAT,
              id,
              tool,
              parameters,
              Instant.now().toString(),
              null,
              null,
              null,
              null,
              null);
      ownership.removeLast();
      ownership.lock(
          bytes(run.withId(id + Ownership.CLEARING)),
          runFile().map(OutputFolder::bytes).orElse(null));
      if (!parameters.force() && storage.isFile(layout.path(OutputLayout.MANIFEST))) {
        ownership.unlock(); // a run that was about to end has just ended
        requireFree(/* force= */ false);
        throw taken();
      }
      List<String> old = new ArrayList<>();
      for (StoredFile file : storage.listAll(layout.folder())) {
        if (!name(file).equals(OutputLayout.RUN)) {
          old.add(file.path());
        }
      }
      storage.delete(old); // run.json is replaced, so the folder is never without an owner
      ownership.write(bytes(run));
    } catch (IOException e) {
      throw UserException.failure(
          "cannot write into " + layout.folder() + ": " + OutputLayout.reason(e), e);
    }
  }

  private Ownership ownership() throws IOException {
    return Ownership.of(this, storage.versions(layout.folder()));
  }

  /** Refuses a folder that a run may not write into. */
  public void requireFree(boolean force) throws IOException {
    switch (state()) {
      case FOREIGN ->
          throw UserException.usage(
              layout.folder()
                  + " holds files that are not Bisift's ("
                  + foreign()
                  + "); name another --output");
      case COMPLETE -> {
        if (!force) {
          throw UserException.usage(layout.folder() + " holds a complete set; --force replaces it");
        }
      }
      case EMPTY, UNFINISHED -> {}
    }
  }

  @Override
  public void requireOwner(String id) throws IOException {
    ownershipOf(id);
  }

  /** The storage as the run that owns the folder writes to it. */
  public Storage ownedBy(String id) {
    return ownedBy(id, storage);
  }

  /** The folder as a run owns it. */
  Ownership ownershipOf(String id) throws IOException {
    Ownership ownership = ownership();
    if (!runId().filter(id::equals).isPresent()) {
      throw taken();
    }
    return ownership;
  }

  /**
   * Makes sure that the folder holds the shards that a manifest lists, by name and size, and no
   * others.
   *
   * @throws UserException if it does not
   */
  public void requireShards(Manifest manifest) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    for (StoredFile file : storage.listAll(layout.folder())) {
      if (OutputLayout.isShard(name(file))) {
        sizes.put(name(file), file.size());
      }
    }
    for (WrittenFile file : manifest.files()) {
      Long size = sizes.remove(file.name());
      if (size == null || size != file.bytes()) {
        throw UserException.failure(
            layout.path(file.name())
                + (size == null ? " is gone" : " has changed")
                + "; --force makes the set again");
      }
    }
    for (String name : sizes.keySet()) {
      throw UserException.failure(
          layout.path(name) + " does not belong to the set; --force makes the set again");
    }
  }

  /**
   * Removes what a run that lost the folder still wrote. Only where the storage has versions, so
   * that it is certain who lost.
   *
   * @param manifest of the set that is about to be complete
   */
  void removeStrays(Manifest manifest) throws IOException {
    if (storage.versions(layout.folder()).isEmpty()) {
      return;
    }
    Set<String> own = manifest.files().stream().map(WrittenFile::name).collect(Collectors.toSet());
    List<String> strays = new ArrayList<>();
    for (StoredFile file : storage.listAll(layout.folder())) {
      if (OutputLayout.isShard(name(file)) && !own.contains(name(file))) {
        strays.add(file.path());
      }
    }
    storage.delete(strays);
  }

  /** The run file, if there is one that can be read. */
  public Optional<RunFile> runFile() throws IOException {
    return read(OutputLayout.RUN, RunFile.class)
        .filter(run -> RunFile.FORMAT.equals(run.format()) && run.parameters() != null);
  }

  /** The manifest, if there is one that can be read. */
  public Optional<Manifest> manifest() throws IOException {
    return read(OutputLayout.MANIFEST, Manifest.class)
        .filter(manifest -> Manifest.FORMAT.equals(manifest.format()));
  }

  private Optional<String> runId() throws IOException {
    return runFile().map(RunFile::id);
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    return Json.read(storage, layout.path(name), type);
  }

  @Override
  public void remove(String name) throws IOException {
    storage.delete(List.of(layout.path(name)));
  }

  /** What a file has in it. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file, whole or not at all. */
  void write(String name, Content content) throws IOException {
    write(name, bytes(content));
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    String temporary = Storage.resolve(layout.temporaryFolder(), name);
    try (OutputStream out = Channels.newOutputStream(storage.create(temporary))) {
      out.write(content);
    }
    storage.move(temporary, layout.path(name));
  }

  static byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    return bytes.toByteArray();
  }

  static byte[] bytes(RunFile run) {
    try {
      return bytes(out -> Json.write(run, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** Removes what is left of unfinished files. */
  public void removeTemporary() throws IOException {
    storage.deleteFolder(layout.temporaryFolder());
  }

  private String foreign() throws IOException {
    List<String> names = names().stream().filter(name -> !OutputLayout.isOurs(name)).toList();
    if (names.isEmpty()) {
      return names().contains(OutputLayout.RUN)
          ? "its " + OutputLayout.RUN + " is not one of ours"
          : "no " + OutputLayout.RUN + " beside its files";
    }
    return names.get(0) + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "");
  }

  private List<String> names() throws IOException {
    return storage.listAll(layout.folder()).stream().map(this::name).sorted().toList();
  }

  private String name(StoredFile file) {
    int prefix = layout.folder().length();
    String rest = file.path().substring(prefix);
    return rest.startsWith("/") ? rest.substring(1) : rest;
  }
}
