package io.bisift.trainer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFolderTest {
  @TempDir Path temp;

  private Path save(CheckpointFolder folder, long update, Double score) {
    return folder.save(
        RunState.at(update, update, Optional.ofNullable(score), Map.of("seed", "1")),
        in -> Files.writeString(in.resolve("weights"), "w".repeat((int) update)));
  }

  @Test
  void keepsTheLastAndTheBest() {
    CheckpointFolder folder = new CheckpointFolder(temp);
    save(folder, 1, 0.9);
    save(folder, 2, 0.2);
    save(folder, 3, null);
    save(folder, 4, 0.4);
    save(folder, 10, 0.3);
    folder.prune(2);
    List<String> names = folder.list().stream().map(p -> p.getFileName().toString()).toList();
    assertEquals(List.of("update-00000002", "update-00000004", "update-00000010"), names);
    assertEquals("update-00000002", folder.best().orElseThrow().getFileName().toString());
    assertEquals(10, CheckpointFolder.open(folder.last().orElseThrow()).update());
  }

  @Test
  void whatAKilledRunWasRemovingIsNoCheckpoint() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(temp);
    Path half = save(folder, 1, 0.1);
    save(folder, 2, 0.2);
    save(folder, 3, 0.3);
    Files.delete(half.resolve("state.json"));
    Files.move(half, temp.resolve(".removed"));
    assertEquals(2, folder.list().size());
    assertEquals("update-00000002", folder.best().orElseThrow().getFileName().toString());
    save(folder, 4, 0.4);
    folder.prune(1);
    assertEquals(2, folder.list().size());
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void tellsWhatWasCutOff() throws IOException {
    CheckpointFolder folder = new CheckpointFolder(temp);
    Path checkpoint = save(folder, 7, null);
    Files.writeString(checkpoint.resolve("weights"), "wwww");
    UserException cut = assertThrows(UserException.class, () -> CheckpointFolder.open(checkpoint));
    assertTrue(cut.getMessage().contains("cut off"), cut.getMessage());
    Files.delete(checkpoint.resolve("weights"));
    assertThrows(UserException.class, () -> CheckpointFolder.open(checkpoint));
    Files.writeString(checkpoint.resolve("state.json"), "{\"format\": ");
    assertThrows(UserException.class, () -> CheckpointFolder.open(checkpoint));
  }

  @Test
  void aWriteThatFailsLeavesTheOthers() {
    CheckpointFolder folder = new CheckpointFolder(temp);
    save(folder, 1, null);
    UserException full =
        assertThrows(
            UserException.class,
            () ->
                folder.save(
                    RunState.at(2, 2, Optional.empty(), Map.of()),
                    in -> {
                      Files.writeString(in.resolve("weights"), "half");
                      throw new IOException("No space left on device");
                    }));
    assertTrue(full.getMessage().contains("No space left"), full.getMessage());
    assertEquals(1, folder.list().size());
    assertEquals(1, CheckpointFolder.open(folder.last().orElseThrow()).update());
  }
}
