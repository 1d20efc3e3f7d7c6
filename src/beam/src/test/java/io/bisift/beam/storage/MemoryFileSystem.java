package io.bisift.beam.storage;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * A file system of the kind object stores are: {@code memory://} keys to bytes, no folders, a file
 * shows up when it is closed.
 */
public final class MemoryFileSystem extends FileSystem<MemoryFileSystem.Key> {
  static final ConcurrentSkipListMap<String, byte[]> FILES = new ConcurrentSkipListMap<>();

  /** Makes the file system known to Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new MemoryFileSystem());
    }
  }

  @Override
  protected String getScheme() {
    return "memory";
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      List<MatchResult.Metadata> found = new ArrayList<>();
      Pattern pattern = pattern(spec);
      FILES.forEach(
          (key, bytes) -> {
            if (pattern.matcher(key).matches()) {
              found.add(
                  MatchResult.Metadata.builder()
                      .setResourceId(new Key(key))
                      .setSizeBytes(bytes.length)
                      .setIsReadSeekEfficient(true)
                      .build());
            }
          });
      results.add(
          found.isEmpty()
              ? MatchResult.create(
                  MatchResult.Status.NOT_FOUND, new FileNotFoundException("no match: " + spec))
              : MatchResult.create(MatchResult.Status.OK, found));
    }
    return results;
  }

  private static Pattern pattern(String glob) {
    String regex =
        Pattern.quote(glob)
            .replace("**", "\\E.*\\Q")
            .replace("*", "\\E[^/]*\\Q")
            .replace("\\E.\\E[^/]*\\Q\\Q", "\\E.*\\Q");
    return Pattern.compile(regex);
  }

  @Override
  protected WritableByteChannel create(Key key, CreateOptions options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) {
        byte[] copy = new byte[source.remaining()];
        source.get(copy);
        bytes.writeBytes(copy);
        return copy.length;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {
        FILES.put(key.toString(), bytes.toByteArray());
      }
    };
  }

  @Override
  protected ReadableByteChannel open(Key key) throws IOException {
    byte[] bytes = FILES.get(key.toString());
    if (bytes == null) {
      throw new FileNotFoundException(key.toString());
    }
    SeekableByteChannel channel = new SeekableInMemoryByteChannel(bytes);
    return channel;
  }

  @Override
  protected void copy(List<Key> from, List<Key> to) {
    for (int i = 0; i < from.size(); i++) {
      FILES.put(to.get(i).toString(), FILES.get(from.get(i).toString()));
    }
  }

  @Override
  protected void rename(List<Key> from, List<Key> to, MoveOptions... options) {
    copy(from, to);
    delete(from);
  }

  @Override
  protected void delete(Collection<Key> keys) {
    keys.forEach(key -> FILES.remove(key.toString()));
  }

  @Override
  protected Key matchNewResource(String spec, boolean isDirectory) {
    return new Key(spec);
  }

  /** A whole URI. */
  record Key(String uri) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      return new Key(uri + (uri.endsWith("/") ? "" : "/") + other);
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Key(uri.substring(0, uri.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return "memory";
    }

    @Override
    public String getFilename() {
      return uri.substring(uri.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return uri.endsWith("/");
    }

    @Override
    public String toString() {
      return uri;
    }
  }
}
