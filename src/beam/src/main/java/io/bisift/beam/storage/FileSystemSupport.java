package io.bisift.beam.storage;

import io.bisift.formats.storage.Versions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What one of Beam's file systems lacks, for the paths of its scheme. Made known by a {@code
 * META-INF/services} file; must be cheap to load.
 */
public interface FileSystemSupport {
  /** What the paths begin with before {@code ://}. */
  String scheme();

  /** Conditional writes, set up by the same options as the file system. */
  Versions versions(PipelineOptions options);

  /** Whether a request that failed like this may succeed when it is sent again. */
  boolean mayPass(IOException failure);

  /**
   * A failure in the terms of the JDK.
   *
   * @throws io.bisift.core.UserException if the user can mend it, in one line
   */
  IOException translate(String path, IOException failure);

  /**
   * The same of what failed in the middle of an upload.
   *
   * @throws io.bisift.core.UserException if the user can mend it, in one line
   */
  IOException translateUpload(String path, IOException failure);

  /** The support for a scheme, if there is one on the class path. */
  static Optional<FileSystemSupport> of(String scheme) {
    return Optional.ofNullable(Known.BY_SCHEME.get(scheme));
  }

  /** Found once. */
  final class Known {
    private static final Map<String, FileSystemSupport> BY_SCHEME =
        ServiceLoader.load(FileSystemSupport.class, FileSystemSupport.class.getClassLoader())
            .stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(FileSystemSupport::scheme, Function.identity()));

    private Known() {}
  }
}
