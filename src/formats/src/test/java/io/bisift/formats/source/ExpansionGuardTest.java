package io.bisift.formats.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExpansionGuardTest {
  @TempDir Path folder;

  private SourceFile zeros(Compression compression, int megabytes) throws IOException {
    Path file = folder.resolve("a.jsonl" + compression.suffix());
    byte[] lines = new byte[1 << 20];
    for (int i = 0; i < lines.length; i += 1 << 10) {
      lines[i + 1023] = '\n';
    }
    try (OutputStream out = compression.compress(Files.newOutputStream(file))) {
      for (int i = 0; i < megabytes; i++) {
        out.write(lines);
      }
    }
    return Reading.find(file);
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "ZSTD"})
  void refusesABomb(Compression compression) throws IOException {
    SourceFile source = zeros(compression, 80);
    UserException error = assertThrows(UserException.class, () -> Reading.read(source));
    assertTrue(
        error.getMessage().startsWith(source.input() + " expands to more than 200 times its size"),
        error.getMessage());
  }

  @Test
  void letsSmallFilesExpandAsTheyLike() throws IOException {
    assertEquals(60 << 20, Reading.read(zeros(Compression.ZSTD, 60)).length);
  }
}
