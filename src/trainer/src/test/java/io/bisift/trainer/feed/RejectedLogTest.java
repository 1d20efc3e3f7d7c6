package io.bisift.trainer.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedLogTest {
  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void name() {
    file = temp.resolve("rejected.jsonl");
  }

  private static SampleLoader.Loaded.Rejected record(String id) {
    return new SampleLoader.Loaded.Rejected(id, "there is no image ä.png");
  }

  private RejectedLog log(int most) {
    RejectedLog log = new RejectedLog(file, 0.1);
    log.of(10 * most);
    return log;
  }

  @Test
  void listsARecordOnceHoweverOftenItIsMet() throws Exception {
    RejectedLog log = log(5);
    log.add(record("a:1"));
    log.add(record("a:1"));
    log(5).add(record("a:1"));
    assertEquals(
        "{\"id\":\"a:1\",\"reason\":\"there is no image ä.png\"}\n", Files.readString(file));
  }

  @Test
  void aLineThatAKillCutIsWrittenAgainAndTheOthersStay() throws Exception {
    RejectedLog log = log(5);
    log.add(record("a:1"));
    log.add(record("a:2"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = whole.length / 2 + 1; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      RejectedLog again = log(5);
      assertEquals(1, again.count());
      again.add(record("a:2"));
      assertEquals(2, again.count());
      assertEquals(Files.readString(file), new String(whole, StandardCharsets.UTF_8));
    }
  }

  @Test
  void tooManyEndTheRunAlsoAfterItWasTakenUp() {
    RejectedLog log = log(2);
    log.add(record("a:1"));
    log.add(record("a:2"));
    RejectedLog again = log(2);
    UserException e = assertThrows(UserException.class, () -> again.add(record("a:3")));
    assertTrue(e.getMessage().startsWith("3 records cannot be used"), e.getMessage());
  }

  @Test
  void whatIsNoListIsRefused() throws Exception {
    Files.writeString(file, "hello\n");
    UserException e = assertThrows(UserException.class, () -> log(2));
    assertTrue(e.getMessage().contains("is damaged"), e.getMessage());
  }
}
