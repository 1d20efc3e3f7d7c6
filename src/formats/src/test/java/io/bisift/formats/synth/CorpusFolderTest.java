package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFolderTest {
  private static final String AI2D = "ai2d_en_20240402_extracted.jsonl";

  @TempDir Path folder;

  private static SynthSummary write(SynthParameters parameters, Path folder, boolean force)
      throws IOException {
    return new Synth(parameters, folder).write("test", 2, force);
  }

  private String refusal(boolean force) {
    UserException refused =
        assertThrows(UserException.class, () -> write(Corpora.small(), folder, force));
    assertEquals(UserException.Kind.USAGE, refused.kind());
    return refused.getMessage();
  }

  @Test
  void refusesStrangeFiles() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");

    assertTrue(refusal(false).contains("notes.txt"));
    assertEquals(Map.of("notes.txt", "mine"), Corpora.read(folder));
  }

  @Test
  void leavesStrangeFilesAloneIfForced() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");
    write(Corpora.small(), folder, true);

    assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
    assertTrue(Files.exists(folder.resolve(AI2D)));
  }

  @Test
  void neverReplacesAFileThatIsNotOurs() throws IOException {
    Files.writeString(folder.resolve(AI2D), "real data");

    assertTrue(refusal(true).contains(AI2D));
    assertEquals(Map.of(AI2D, "real data"), Corpora.read(folder));
  }

  @Test
  void replacesACorpusOnlyIfForced() throws IOException {
    write(Corpora.inFiles(50), folder, false);
    assertTrue(refusal(false).contains("--force"));
    write(Corpora.small(), folder, true);

    assertEquals(38, Corpora.read(folder).size());
  }

  @Test
  void takesUpAnUnfinishedCorpus() throws IOException {
    SynthParameters before = Corpora.inFiles(50);
    new CorpusFolder(folder).describe(new SynthFile("test", before, /* summary= */ null));
    Path left = folder.resolve(CorpusFile.temporaryName(new CorpusPlan(before).fileName(0)));
    Files.writeString(left, "half a line");
    write(Corpora.small(), folder, false);

    assertFalse(Files.exists(left));
    assertEquals(38, Corpora.read(folder).size());
  }

  @Test
  void isNotAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    UserException refused =
        assertThrows(UserException.class, () -> write(Corpora.small(), file, true));
    assertTrue(refused.getMessage().contains("is a file"));
  }

  @Test
  void leavesNoUnfinishedFilesBehindAFailure() throws IOException {
    Synth synth = new Synth(Corpora.small(), folder);
    Path inTheWay = folder.resolve(CorpusFile.temporaryName("vqav2_en_20240402_extracted.jsonl"));
    Files.createDirectories(inTheWay.resolve("below"));

    UserException failed =
        assertThrows(UserException.class, () -> synth.write("test", 2, /* force= */ true));
    assertTrue(failed.getMessage().startsWith("cannot write "), failed.getMessage());
    assertEquals(UserException.Kind.FAILURE, failed.kind());
    Files.delete(inTheWay.resolve("below"));
    Files.delete(inTheWay);
    assertTrue(Corpora.read(folder).keySet().stream().noneMatch(name -> name.startsWith(".")));
  }
}
