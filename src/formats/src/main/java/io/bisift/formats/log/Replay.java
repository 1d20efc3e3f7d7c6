package io.bisift.formats.log;

import io.bisift.core.UserException;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.stream.RecentIds;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.JsonlFile;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.shard.TimedName;
import io.bisift.formats.shard.WrittenFile;
import io.bisift.formats.source.LineReader;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes rejected records that were mended into a growing set, each once, by the id that it was
 * rejected with. They stand in a log shard of their own, numbered as they are taken in; what cannot
 * be used is written to a file of its own and does not touch the set. Others may write meanwhile,
 * and replay the same records: who numbers records that another one has numbered already looks
 * again what is left, and numbers that anew.
 */
public final class Replay {
  /**
   * What came of it.
   *
   * @param taken records that are in the set now
   * @param before records that had been taken in before
   * @param bad records that still cannot be used
   * @param badFile where they are; nothing if there are none
   * @param version the latest
   */
  public record Outcome(
      long taken, long before, long bad, Optional<String> badFile, long version) {}

  private static final byte[] LINE_END = {'\n'};

  private final Storage storage;
  private final StreamFolder folder;
  private final StreamParameters parameters;
  private final ImageCheck images;
  private final String tool;

  /**
   * @param tool name and version of what makes the set
   */
  public Replay(
      Storage storage,
      StreamFolder folder,
      StreamParameters parameters,
      ImageCheck images,
      String tool) {
    this.storage = storage;
    this.folder = folder;
    this.parameters = parameters;
    this.images = images;
    this.tool = tool;
  }

  /** Mended records that are in the set as of a version. */
  private static final class Mended {
    private final long version;
    private final Set<RecentIds.Id> ids = new HashSet<>();
    private long next;

    Mended(long version) {
      this.version = version;
    }
  }

  /**
   * Takes records in.
   *
   * @param paths files of rejected records, folders of such files, or globs
   * @throws UserException if there are none, or a line is none; then nothing is taken in
   */
  public Outcome run(List<String> paths) throws IOException {
    List<String> files = files(paths);
    LogCommitter committer = new LogCommitter(folder, parameters, tool);
    long taken = 0;
    while (true) {
      Pass pass = new Pass(mended());
      List<Segment> segments = pass.over(files);
      Optional<LogCommitter.Outcome> made =
          segments.isEmpty() ? Optional.empty() : committer.commit(segments, List.of());
      taken += made.map(LogCommitter.Outcome::records).orElse(0L);
      long next = pass.mended.version + 1;
      // else somebody else came first: some may have been numbered twice
      if (segments.isEmpty() || (made.isPresent() && made.get().manifest().version() == next)) {
        long before = pass.known + pass.offered - taken;
        return new Outcome(taken, before, pass.bad, pass.badFile, folder.latestVersion());
      }
    }
  }

  private List<String> files(List<String> paths) throws IOException {
    List<String> files = new ArrayList<>();
    for (String path : paths) {
      List<StoredFile> found = storage.isFolder(path) ? storage.list(path) : storage.match(path);
      List<String> sources =
          found.stream()
              .filter(file -> FileSelection.isSource(file.name()))
              .map(StoredFile::path)
              .sorted()
              .toList();
      if (sources.isEmpty()) {
        throw UserException.usage("no rejected records (.jsonl) in " + path);
      }
      files.addAll(sources);
    }
    return files;
  }

  private Mended mended() throws IOException {
    long version = folder.latestVersion();
    Mended mended = new Mended(version);
    if (version > 0) {
      for (StreamManifest.Shard shard : folder.manifest(version).shards()) {
        if (shard.shard().equals(RejectedLine.SHARD.id())) {
          // of those that were dropped, too: an order is committed once
          mended.next = shard.committed().get(shard.committed().size() - 1).last() + 1;
        }
      }
    }
    List<StreamManifest.Piece> pieces = new ArrayList<>(folder.pieces(version));
    pieces.removeIf(piece -> !piece.shard().equals(RejectedLine.SHARD.id()));
    folder.forEachPiece(
        pieces,
        (piece, ranks) -> {
          for (int i = piece.from(); i < piece.to(); i++) {
            mended.ids.add(ranks.id(i));
          }
        });
    return mended;
  }

  /** One pass over all lines. */
  private final class Pass {
    private final Mended mended;
    private long known;
    private long offered;
    private long bad;
    private Optional<String> badFile = Optional.empty();

    Pass(Mended mended) {
      this.mended = mended;
    }

    /** Writes segments of what is new and usable, and a file of what is not usable. */
    List<Segment> over(List<String> files) throws IOException {
      String name = OutputLayout.temporaryName("replay-" + TimedName.next());
      try (RecordAppender appender =
              new RecordAppender(storage, folder.layout().folder(), parameters, images);
          JsonlFile badRecords = new JsonlFile(storage, folder.layout(), name, Compression.NONE)) {
        for (String file : files) {
          try (LineReader lines =
              LineReader.of(Channels.newInputStream(storage.open(file)), file)) {
            for (long number = 1; lines.next(); number++) {
              String place = file + ", line " + number + ",";
              if (lines.lineEnd() > lines.lineStart()) {
                take(RejectedLine.parse(lines, place), appender, badRecords);
              }
            }
          }
        }
        List<Segment> segments = appender.finish();
        if (bad > 0) {
          badFile = Optional.of(named(badRecords.finish()));
        }
        return segments;
      }
    }

    /** Named by its content: the same records again make the same file. */
    private String named(WrittenFile written) throws IOException {
      String path =
          folder
              .layout()
              .path(LogLayout.REJECTED + "/" + written.sha256().substring(0, 16) + ".jsonl");
      storage.move(folder.layout().path(written.name()), path);
      return path;
    }

    private void take(RejectedLine line, RecordAppender appender, JsonlFile badRecords)
        throws IOException {
      RecentIds.Id id = line.mendedId();
      if (mended.ids.contains(id)) {
        known++;
        return;
      }
      try {
        boolean apart = parameters.mode() != StreamParameters.Mode.CUMULATIVE;
        appender.appendUsable(line.message(mended.next, apart));
        mended.ids.add(id);
        mended.next++;
        offered++;
      } catch (RejectedRecordException e) {
        JsonBytes json = new JsonBytes(256);
        line.append(String.valueOf(e.getMessage()), json);
        badRecords.append(json.raw(LINE_END), 1);
        bad++;
      }
    }
  }
}
