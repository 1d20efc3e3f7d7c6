package io.bisift.formats.storage;

import io.bisift.core.UserException;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The storage that a path belongs to: this machine for a path without a scheme, else what a {@link
 * StorageProvider} on the class path opens. For programs without Beam.
 */
public final class Storages {
  private static final String SCHEME_END = "://";
  private static final Storage LOCAL = new LocalStorage();
  private static final Map<String, Storage> OPEN = new ConcurrentHashMap<>();

  private Storages() {}

  /** Providers by scheme; found when the first path with a scheme comes. */
  private static final class Providers {
    static final Map<String, StorageProvider> BY_SCHEME =
        ServiceLoader.load(StorageProvider.class, Storages.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toMap(StorageProvider::scheme, Function.identity()));
  }

  /**
   * The storage of a path, the same one for all paths of a scheme.
   *
   * @throws UserException if there is none
   */
  public static Storage of(String path) {
    Optional<String> scheme = scheme(path);
    if (scheme.isEmpty()) {
      return LOCAL;
    }
    return OPEN.computeIfAbsent(
        scheme.get(),
        name -> {
          StorageProvider provider = Providers.BY_SCHEME.get(name);
          if (provider == null) {
            throw unknown(path);
          }
          return provider.open();
        });
  }

  /** Storage for any path, each where it belongs. Files cannot be moved from one to another. */
  public static Storage any() {
    return new RoutedStorage(Storages::of);
  }

  /** Whether there is a storage for a path. */
  public static boolean knows(String path) {
    return scheme(path).map(Providers.BY_SCHEME::containsKey).orElse(true);
  }

  /** The scheme of a path, {@code gs} for {@code gs://bucket/name}. */
  public static Optional<String> scheme(String path) {
    int end = path.indexOf(SCHEME_END);
    return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end));
  }

  /** What is said of a path for which there is no storage. */
  public static UserException unknown(String path) {
    String scheme = scheme(path).orElseThrow() + SCHEME_END;
    return UserException.usage(path + ": there is no file system for " + scheme + " here");
  }
}
