package io.bisift.formats.scan;

import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which files are there. Where every question is a request, a folder that is asked about
 * often is listed once. Thread-safe.
 */
final class FolderNames {
  /** So many files of a folder are asked for one by one. */
  static final int ASKED = 16;

  /** Of all listed folders; some 50 MB. */
  private static final int MOST_NAMES = 500_000;

  private static final int MOST_FOLDERS = 10_000;

  private final Storage storage;

  /** The one that was not asked about for the longest time comes first. */
  private final Map<String, Folder> folders = new LinkedHashMap<>(16, 0.75f, true);

  private int remembered;

  /** What is known of a folder. */
  private static final class Folder {
    int asked;
    boolean listed;
    int size;
    @Nullable Set<String> names;
  }

  FolderNames(Storage storage) {
    this.storage = storage;
  }

  boolean isFile(String path) throws IOException {
    int slash = path.lastIndexOf('/');
    Set<String> names = slash < 0 ? null : names(path.substring(0, slash + 1));
    return names == null ? storage.isFile(path) : names.contains(path.substring(slash + 1));
  }

  private @Nullable Set<String> names(String path) throws IOException {
    Folder folder = folder(path);
    synchronized (folder) { // so that one thread lists, and others wait for it
      if (!folder.listed && folder.asked++ >= ASKED) {
        Optional<Set<String>> names = storage.names(path, MOST_NAMES);
        folder.listed = true;
        if (names.isPresent()) {
          folder.names = names.get();
          remember(path, folder, names.get().size());
        }
      }
      return folder.names;
    }
  }

  private Folder folder(String path) {
    synchronized (folders) {
      Folder folder = folders.computeIfAbsent(path, key -> new Folder());
      forget();
      return folder;
    }
  }

  /** Counts the names of a folder that was just listed. */
  private void remember(String path, Folder listed, int names) {
    synchronized (folders) {
      if (folders.get(path) == listed) { // not forgotten meanwhile
        listed.size = names;
        remembered += names;
        forget();
      }
    }
  }

  /** Makes room; the folder asked about last, which has no more than may be remembered, stays. */
  private void forget() {
    Iterator<Folder> oldest = folders.values().iterator();
    while (remembered > MOST_NAMES || folders.size() > MOST_FOLDERS) {
      remembered -= oldest.next().size;
      oldest.remove();
    }
  }
}
