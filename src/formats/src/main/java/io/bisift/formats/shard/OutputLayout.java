package io.bisift.formats.shard;

import io.bisift.core.plan.ShardTask;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the files of a run are called.
 *
 * @param folder the output folder
 */
public record OutputLayout(String folder) implements Serializable {
  public static final String RUN = "run.json";
  public static final String MANIFEST = "manifest.json";
  public static final String CARD = "README.md";
  public static final String META = "meta.json";

  private static final String TEMPORARY = ".bisift-tmp";
  private static final Pattern SHARD =
      Pattern.compile("(data|index|rejected)/part-\\d{5,}-of-\\d{5,}\\.jsonl(\\.gz|\\.zst)?");

  /** The full path of a file of the run. */
  public String path(String name) {
    return Storage.resolve(folder, name);
  }

  /** Where files grow until they are whole. */
  public String temporaryFolder() {
    return path(TEMPORARY);
  }

  public String temporary(String name) {
    return path(temporaryName(name));
  }

  /** The name below the folder of what grows there. */
  public static String temporaryName(String name) {
    return TEMPORARY + "/" + name;
  }

  /** A shard's name below the folder. */
  public static String shard(ShardTask.Kind kind, int index, int count, Compression compression) {
    String folder = kind == ShardTask.Kind.DATA ? "data" : "rejected";
    String suffix = kind == ShardTask.Kind.DATA ? compression.suffix() : "";
    return folder + "/" + part(index, count) + suffix;
  }

  /** The name of the index beside a data shard. */
  public static String index(int index, int count) {
    return "index/" + part(index, count);
  }

  /** The name of file i of N. */
  public static String part(int index, int count) {
    return String.format(Locale.ROOT, "part-%05d-of-%05d.jsonl", index, count);
  }

  /** Whether a file, by its name below the folder, is of the kind that runs write. */
  public static boolean isOurs(String name) {
    return switch (name) {
      case RUN, MANIFEST, CARD, META -> true;
      default -> isTemporary(name) || SHARD.matcher(name).matches();
    };
  }

  /** Whether a file, by its name below the folder, is one that never got its own name. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY + "/");
  }

  /** Whether a file, by its name below the folder, is a shard or an index. */
  public static boolean isShard(String name) {
    return SHARD.matcher(name).matches();
  }

  /** Why writing failed, in words. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    boolean named = e instanceof FileSystemException;
    String reason = named ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.toString() : reason;
  }
}
