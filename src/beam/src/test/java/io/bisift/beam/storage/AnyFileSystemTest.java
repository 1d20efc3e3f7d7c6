package io.bisift.beam.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.beam.file.BuildDataset;
import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Command;
import io.bisift.formats.output.OutputFolder;
import io.bisift.formats.output.RunGroup;
import io.bisift.formats.output.RunParameters;
import io.bisift.formats.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole run on a file system that only Beam knows. */
final class AnyFileSystemTest {
  @TempDir Path folder;

  @BeforeEach
  void emptyFileSystem() {
    MemoryFileSystem.FILES.clear();
  }

  @Test
  void selectsFromAndIntoABucket() throws Exception {
    try (Stream<Path> files = Files.list(Golden.unpack("edges", folder))) {
      for (Path file : files.toList()) {
        MemoryFileSystem.FILES.put(
            "memory://bucket/in/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
    Golden.Selection selection = Golden.SELECTIONS.get(2);
    run("memory://bucket/in", "memory://bucket/out", selection);

    Map<String, byte[]> data =
        MemoryFileSystem.FILES.subMap("memory://bucket/out/data/", "memory://bucket/out/data0");
    assertEquals(3, data.size());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    data.values().forEach(digest::update);
    assertEquals(
        Golden.sha256(selection.expected("edges")), HexFormat.of().formatHex(digest.digest()));
    OutputFolder output = new OutputFolder(new BeamStorage(), "memory://bucket/out");
    assertEquals(OutputFolder.State.COMPLETE, output.state());
    assertTrue(
        MemoryFileSystem.FILES.keySet().stream().noneMatch(key -> key.contains(".bisift-tmp")));
  }

  @Test
  void tellsFilesFromFolders() throws IOException {
    MemoryFileSystem.FILES.put("memory://bucket/in/a.jsonl", new byte[3]);
    MemoryFileSystem.FILES.put("memory://bucket/in/deep/b.jsonl", new byte[4]);
    Pipeline.create(); // registers the file systems
    BeamStorage storage = new BeamStorage();

    assertTrue(storage.isFile("memory://bucket/in/a.jsonl"));
    assertFalse(storage.isFile("memory://bucket/in"));
    assertTrue(storage.isFolder("memory://bucket/in"));
    assertFalse(storage.isFolder("memory://bucket/out"));
    assertEquals(1, storage.list("memory://bucket/in").size());
    assertEquals(2, storage.listAll("memory://bucket/in/").size());
    assertEquals(Optional.of(Set.of("a.jsonl")), storage.names("memory://bucket/in/", 1));
    assertEquals(Optional.empty(), storage.names("memory://bucket/in/", 0));
    assertEquals(Optional.empty(), storage.names(folder.toString(), 1), "a folder of this machine");
    storage.delete(List.of("memory://bucket/in/a.jsonl", "memory://bucket/in/none.jsonl"));
    storage.deleteFolder("memory://bucket/in");
    assertTrue(MemoryFileSystem.FILES.isEmpty());
  }

  @Test
  void saysWhichFileSystemIsMissing() {
    Pipeline.create(); // registers the file systems
    UserException refused =
        assertThrows(UserException.class, () -> new BeamStorage().isFolder("nowhere://bucket/in"));
    assertEquals(
        "nowhere://bucket/in: there is no file system for nowhere:// here", refused.getMessage());
    UserException odd =
        assertThrows(UserException.class, () -> new BeamStorage().isFolder("gs://My Bucket/in"));
    assertTrue(
        odd.getMessage().startsWith("gs://My Bucket/in: GCS bucket names must contain only"),
        odd.getMessage());
  }

  private static void run(String input, String output, Golden.Selection selection) {
    RunParameters parameters =
        new RunParameters(
            Command.SELECT,
            List.of(input),
            output,
            selection.alpha(),
            selection.ratio(),
            LabelRule.hard(0),
            3,
            1 << 20,
            Compression.NONE,
            null,
            64 << 10,
            null,
            false);
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    pipeline.apply(BuildDataset.of(RunGroup.of(parameters), "bisift test", "id"));
    pipeline.run().waitUntilFinish();
  }
}
