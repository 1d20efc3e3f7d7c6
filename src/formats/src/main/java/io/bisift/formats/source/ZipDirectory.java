package io.bisift.formats.source;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * The sources in a zip file. They lie at its root; where all entries lie in one folder (zipped from
 * outside), directly in that folder. Nothing is ever unpacked to disk.
 */
final class ZipDirectory {
  private static final String MAC_METADATA = "__MACOSX/";

  private final Storage storage;
  private final String path;
  private final String zipName;

  ZipDirectory(Storage storage, String path) {
    this.storage = storage;
    this.path = path;
    this.zipName = path.substring(path.lastIndexOf('/') + 1);
  }

  List<SourceFile> sources() throws IOException {
    try (ReadableByteChannel channel = storage.open(path)) {
      if (!(channel instanceof SeekableByteChannel seekable)) {
        throw UserException.failure(path + ": a zip file can only be read where seeking works");
      }
      ZipFile zip;
      try {
        zip = ZipFile.builder().setSeekableByteChannel(seekable).get();
      } catch (IOException e) {
        throw UserException.failure(path + " cannot be read as a zip file: " + e.getMessage(), e);
      }
      try (zip) {
        return sources(zip);
      }
    }
  }

  private List<SourceFile> sources(ZipFile zip) {
    List<ZipArchiveEntry> files =
        Collections.list(zip.getEntries()).stream().filter(entry -> !entry.isDirectory()).toList();
    files.forEach(this::rejectOutside);
    List<ZipArchiveEntry> entries =
        files.stream().filter(entry -> !isHidden(entry.getName())).toList();
    Set<String> folders =
        entries.stream().map(ZipDirectory::topFolder).collect(Collectors.toUnmodifiableSet());
    String root = folders.size() == 1 ? folders.iterator().next() : "";
    List<ZipArchiveEntry> wanted =
        entries.stream()
            .filter(entry -> entry.getName().startsWith(root))
            .filter(entry -> isSourceIn(root, entry))
            .toList();
    rejectOverlap(wanted);
    return wanted.stream().map(entry -> source(root, entry)).toList();
  }

  private static boolean isHidden(String name) {
    return name.startsWith(MAC_METADATA) || name.startsWith(".", name.lastIndexOf('/') + 1);
  }

  private static boolean isSourceIn(String root, ZipArchiveEntry entry) {
    String name = entry.getName().substring(root.length());
    return name.indexOf('/') < 0 && SourceFinder.isSource(name);
  }

  private static String topFolder(ZipArchiveEntry entry) {
    return entry.getName().substring(0, entry.getName().indexOf('/') + 1);
  }

  /** Bisift unpacks nothing, but an archive that tries this is not to be trusted. */
  private void rejectOutside(ZipArchiveEntry entry) {
    String name = entry.getName().replace('\\', '/');
    boolean outside =
        name.startsWith("/")
            || name.matches("[A-Za-z]:.*")
            || List.of(name.split("/", -1)).contains("..");
    if (outside) {
      throw UserException.failure(
          path + ": entry " + entry.getName() + " points outside the archive; refused");
    }
  }

  /** Entries that share bytes make a small file expand without end. */
  private void rejectOverlap(List<ZipArchiveEntry> entries) {
    List<ZipArchiveEntry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(ZipArchiveEntry::getDataOffset));
    for (int i = 1; i < sorted.size(); i++) {
      ZipArchiveEntry before = sorted.get(i - 1);
      if (before.getDataOffset() + before.getCompressedSize() > sorted.get(i).getDataOffset()) {
        throw UserException.failure(
            path
                + ": entries "
                + before.getName()
                + " and "
                + sorted.get(i).getName()
                + " overlap, as in a zip bomb; refused");
      }
    }
  }

  private SourceFile source(String root, ZipArchiveEntry entry) {
    int method = entry.getMethod();
    boolean plain = method == ZipMethod.STORED.getCode();
    if (entry.getGeneralPurposeBit().usesEncryption()
        || (!plain && method != ZipMethod.DEFLATED.getCode())) {
      throw UserException.failure(
          path
              + ": entry "
              + entry.getName()
              + " is encrypted or compressed in a way Bisift does not know; unpack the archive");
    }
    String name = entry.getName().substring(root.length());
    Compression inner = Compression.ofName(name);
    if (inner != Compression.NONE) {
      throw UserException.failure(
          path + ": entry " + entry.getName() + " is compressed twice; unpack the archive");
    }
    return new SourceFile(
        name,
        zipName + "!/" + entry.getName(),
        path,
        entry.getDataOffset(),
        entry.getCompressedSize(),
        plain ? Compression.NONE : Compression.DEFLATE,
        entry.getCrc());
  }
}
