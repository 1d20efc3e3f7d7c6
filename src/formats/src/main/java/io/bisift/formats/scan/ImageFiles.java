package io.bisift.formats.scan;

import io.bisift.core.UserException;
import io.bisift.core.training.ImageCheck;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks for pictures below an image root; a name that is an absolute path stands for itself, as in
 * Python's {@code os.path.join}. Remembers recent answers: rollouts of one question share their
 * picture. Thread-safe.
 */
public final class ImageFiles implements ImageCheck {
  private static final int REMEMBERED = 4096;

  private final FolderNames files;
  private final String root;
  private final Map<String, Boolean> recent =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  public ImageFiles(Storage storage, String root) {
    this.files = new FolderNames(storage);
    this.root = root;
  }

  @Override
  public boolean exists(String name) throws IOException {
    Boolean known = recent.get(name);
    if (known == null) {
      known = !name.isEmpty() && isFile(path(name));
      recent.put(name, known);
    }
    return known;
  }

  private boolean isFile(String path) throws IOException {
    try {
      return files.isFile(path);
    } catch (InvalidPathException e) {
      return false; // no such name can be a file here: a NUL
    } catch (UserException e) {
      if (e.kind() == UserException.Kind.FAILURE) {
        throw e; // perhaps it is there, and nobody may look
      }
      return false; // a scheme that nothing here knows, a bucket that is not there
    }
  }

  private String path(String name) {
    return name.startsWith("/") || name.contains("://") ? name : Storage.resolve(root, name);
  }
}
