package io.bisift.formats.synth;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.formats.output.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder that a corpus is made in, and whose the files are that it holds already. */
final class CorpusFolder {
  private final Path folder;
  private final Path description;

  CorpusFolder(Path folder) {
    this.folder = folder;
    this.description = folder.resolve(SynthFile.NAME);
  }

  /**
   * Makes room for a corpus: removes what is left of another one, if that may be.
   *
   * @param names of the files to come
   * @param force whether a whole corpus may be replaced, and strange files may stand beside ours
   * @throws UserException if the folder is taken
   */
  void prepare(Set<String> names, boolean force) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw UserException.usage("--output " + folder + " is a file; name a folder");
    }
    Files.createDirectories(folder);
    SynthFile before = read();
    Set<String> ours = before == null ? Set.of() : written(before);
    List<String> present = list();
    List<String> foreign = present.stream().filter(name -> !ours.contains(name)).toList();
    requireFree(foreign, names, force);
    if (before != null && before.summary() != null && !force) {
      throw UserException.usage(
          folder
              + " holds a corpus of bisift synth; --force replaces it, or name another --output");
    }
    for (String name : present) {
      if (ours.contains(name) && !name.equals(SynthFile.NAME)) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  private void requireFree(List<String> foreign, Set<String> names, boolean force) {
    if (!foreign.isEmpty() && !force) {
      throw UserException.usage(
          folder
              + " holds files that bisift synth did not write: "
              + foreign.get(0)
              + (foreign.size() > 1 ? " and " + (foreign.size() - 1) + " more" : "")
              + "; name another --output, or --force leaves them where they are");
    }
    for (String name : foreign) {
      if (names.contains(name) || name.equals(SynthFile.NAME)) {
        throw UserException.usage(
            folder.resolve(name)
                + " is in the way, and bisift synth did not write it; name another --output");
      }
    }
  }

  /** The names that a corpus may have left behind. */
  private static Set<String> written(SynthFile before) {
    Set<String> names = new HashSet<>();
    for (String name : new CorpusPlan(before.parameters()).allFileNames()) {
      names.add(name);
      names.add(CorpusFile.temporaryName(name));
    }
    names.add(SynthFile.NAME);
    names.add(CorpusFile.temporaryName(SynthFile.NAME));
    return names;
  }

  private List<String> list() throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  private @Nullable SynthFile read() throws IOException {
    if (!Files.isRegularFile(description)) {
      return null;
    }
    try {
      SynthFile file = Json.parse(Files.readString(description), SynthFile.class);
      return file == null || file.parameters() == null ? null : file;
    } catch (JsonProcessingException e) {
      return null; // somebody else's
    }
  }

  void describe(SynthFile file) throws IOException {
    Path temporary = folder.resolve(CorpusFile.temporaryName(SynthFile.NAME));
    Files.writeString(temporary, Json.pretty(file));
    Files.move(temporary, description, StandardCopyOption.ATOMIC_MOVE);
  }
}
