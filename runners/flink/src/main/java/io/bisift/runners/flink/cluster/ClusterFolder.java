package io.bisift.runners.flink.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work folder of a cluster: configuration, logs, temporary files, and who belongs to it. */
record ClusterFolder(Path path) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Path configuration() {
    return path.resolve("conf");
  }

  Path logs() {
    return path.resolve("log");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  private Path members() {
    return path.resolve("cluster.json");
  }

  /** The cluster that was started here and not stopped; its processes may have died since. */
  Optional<ClusterMembers> load() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(members()), ClusterMembers.class));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  void save(ClusterMembers cluster) throws IOException {
    Path whole = path.resolve("cluster.json.new");
    Files.writeString(whole, JSON.writeValueAsString(cluster));
    Files.move(whole, members(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes the folder ready for a new cluster: old logs go. */
  void prepare() throws IOException {
    for (Path folder : new Path[] {configuration(), logs(), temporary()}) {
      delete(folder);
      Files.createDirectories(folder);
    }
  }

  /** Leaves nothing but the logs, and the configuration that explains them. */
  void clear() throws IOException {
    delete(temporary());
    Files.deleteIfExists(members());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
