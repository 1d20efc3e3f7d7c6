package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.TimedName;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The folder of a growing set:
 *
 * <pre>
 *   stream.json                     what every run that writes here is told
 *   manifests/0000000042.json       version 42 of the set
 *   log/SHARD/FIRST-ID.*            segments: records, index, rejected records, ranks, receipts
 *   sources/NAME/                   the set of a whole file
 *   sums/                           what the next version builds on
 *   rejected/                       records that could not be used when they were replayed, either
 * </pre>
 *
 * <p>Only manifests count: what none of them names does not exist, whatever wrote it.
 */
public final class StreamFolder {
  private static final String FORMAT = "bisift-stream/1";

  /** What {@code stream.json} says. */
  private record StreamFile(String format, StreamParameters parameters) {}

  private final Storage storage;
  private final OutputLayout layout;

  public StreamFolder(Storage storage, String folder) {
    this.storage = storage;
    this.layout = new OutputLayout(folder);
  }

  Storage storage() {
    return storage;
  }

  OutputLayout layout() {
    return layout;
  }

  /** What acknowledges the messages of segments of arrivals. */
  public Receipts receipts() {
    return new Receipts(this);
  }

  /**
   * Takes the folder for a stream, or takes it up again. Any number of runs and workers may.
   *
   * @throws UserException if the folder holds anything else, or a stream that was told otherwise
   */
  public void open(StreamParameters parameters) throws IOException {
    Optional<StreamParameters> before = parameters();
    if (before.isEmpty()) {
      requireEmpty();
      byte[] content =
          Json.pretty(new StreamFile(FORMAT, parameters)).getBytes(StandardCharsets.UTF_8);
      if (createNew(LogLayout.STREAM, content)) {
        return;
      }
      before = parameters();
    }
    if (before.isEmpty()) {
      throw UserException.usage(layout.path(LogLayout.STREAM) + " is not one of ours");
    }
    List<String> differences = before.get().differences(parameters);
    if (!differences.isEmpty()) {
      throw UserException.usage(
          layout.folder()
              + " holds a stream that was told otherwise ("
              + String.join("; ", differences)
              + "); name another --output");
    }
  }

  private void requireEmpty() throws IOException {
    for (StoredFile file : storage.listAll(layout.folder())) {
      String name = file.path().substring(layout.path("").length());
      if (!OutputLayout.isTemporary(name) && !name.equals(LogLayout.STREAM)) {
        throw UserException.usage(
            layout.folder()
                + " holds files of something else ("
                + name
                + "); name another --output");
      }
    }
  }

  /** What the stream was told; nothing if there is none. */
  public Optional<StreamParameters> parameters() throws IOException {
    return read(LogLayout.STREAM, StreamFile.class)
        .filter(file -> FORMAT.equals(file.format()))
        .map(StreamFile::parameters);
  }

  /** The number of the latest version; 0 if there is none. */
  public long latestVersion() throws IOException {
    String folder = layout.path(LogLayout.MANIFESTS);
    long latest = 0;
    if (storage.isFolder(folder)) {
      for (StoredFile file : storage.list(folder)) {
        latest = Math.max(latest, LogLayout.version(file.name()));
      }
    }
    return latest;
  }

  /**
   * A version of the set.
   *
   * @throws UserException if there is no such version
   */
  public StreamManifest manifest(long version) throws IOException {
    String name = LogLayout.manifest(version);
    return read(name, StreamManifest.class)
        .filter(manifest -> StreamManifest.FORMAT.equals(manifest.format()))
        .orElseThrow(
            () ->
                UserException.failure(
                    layout.path(name) + " is missing, or no manifest of a stream"));
  }

  /**
   * The bytes of a version's manifest.
   *
   * @throws UserException if there is no such version
   */
  public byte[] manifestBytes(long version) throws IOException {
    String path = layout.path(LogLayout.manifest(version));
    if (!storage.isFile(path)) {
      throw UserException.failure(path + " is missing, or no manifest of a stream");
    }
    try (InputStream in = Channels.newInputStream(storage.open(path))) {
      return in.readAllBytes();
    }
  }

  /** The manifests that a version is read from, oldest first, itself last. */
  private List<StreamManifest> chain(long version) throws IOException {
    List<StreamManifest> chain = new ArrayList<>();
    for (long at = version; at > 0; at = StreamManifest.listedBefore(at)) {
      chain.add(manifest(at));
    }
    Collections.reverse(chain);
    return chain;
  }

  /** What a version keeps of each source or window, in order. */
  public List<StreamManifest.Group> groups(long version) throws IOException {
    SortedMap<String, StreamManifest.Group> groups = new TreeMap<>(LogReader.GROUPS);
    for (StreamManifest manifest : chain(version)) { // newer ones know better
      manifest.groups().forEach(group -> groups.put(group.group(), group));
    }
    return List.copyOf(groups.values());
  }

  /** All pieces of the log that a version names, oldest first. */
  public List<StreamManifest.Piece> pieces(long version) throws IOException {
    return chain(version).stream().flatMap(manifest -> manifest.pieces().stream()).toList();
  }

  /** Takes a piece with the ranks of its segment. */
  interface RankedPieces {
    void take(StreamManifest.Piece piece, Ranks ranks) throws IOException;
  }

  /**
   * Reads the ranks of pieces in their order; of pieces of one segment that stand together, once.
   */
  void forEachPiece(List<StreamManifest.Piece> pieces, RankedPieces sink) throws IOException {
    String segment = "";
    Ranks ranks = new Ranks();
    for (StreamManifest.Piece piece : pieces) {
      if (!piece.segment().equals(segment)) {
        ranks = ranks(piece.segment(), piece.files());
        segment = piece.segment();
      }
      sink.take(piece, ranks);
    }
  }

  /** The segments that a version names. */
  Set<String> segments(long version) throws IOException {
    return pieces(version).stream().map(StreamManifest.Piece::segment).collect(Collectors.toSet());
  }

  /** The files of the log by segment, whether a version names it or not. */
  Map<String, List<StoredFile>> logFiles() throws IOException {
    Map<String, List<StoredFile>> segments = new TreeMap<>();
    String log = layout.path(LogLayout.LOG);
    if (storage.isFolder(log)) {
      int start = layout.path("").length();
      for (StoredFile file : storage.listAll(log)) {
        LogLayout.segmentOf(file.path().substring(start))
            .ifPresent(name -> segments.computeIfAbsent(name, key -> new ArrayList<>()).add(file));
      }
    }
    return segments;
  }

  /** All sets of whole files that a version names, oldest first. */
  public List<SourceSet> sets(long version) throws IOException {
    return chain(version).stream().flatMap(manifest -> manifest.sets().stream()).toList();
  }

  /**
   * The manifests whose lists the next version takes over, oldest first.
   *
   * @param version that is to be written
   */
  List<StreamManifest> takenOver(long version) throws IOException {
    List<StreamManifest> taken = new ArrayList<>();
    long stop = StreamManifest.listedBefore(version);
    for (long at = version - 1; at > stop; at = StreamManifest.listedBefore(at)) {
      taken.add(manifest(at));
    }
    Collections.reverse(taken);
    return taken;
  }

  /** Makes a manifest the next version; false if somebody else has written that version. */
  boolean publish(StreamManifest manifest) throws IOException {
    return createNew(
        LogLayout.manifest(manifest.version()),
        Json.pretty(manifest).getBytes(StandardCharsets.UTF_8));
  }

  private boolean createNew(String name, byte[] content) throws IOException {
    String temporary = layout.temporary(name.replace('/', '-') + "." + TimedName.next());
    return storage.createNew(layout.path(name), temporary, content);
  }

  /**
   * The ranks of a segment.
   *
   * @param files of the segment, as a manifest lists them
   */
  Ranks ranks(String segment, List<WrittenFile> files) throws IOException {
    String name = LogLayout.ranks(segment);
    byte[] bytes = CheckedFile.read(storage, layout.path(name), listed(files, name));
    return Ranks.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  /** A file of that name among those of a segment. */
  WrittenFile listed(List<WrittenFile> files, String name) {
    return files.stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.failure(layout.path(name) + " is wanted, and no manifest lists it"));
  }

  private <T> Optional<T> read(String name, Class<T> type) throws IOException {
    return Json.read(storage, layout.path(name), type);
  }
}
