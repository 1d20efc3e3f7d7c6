package io.bisift.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.pipelines.commandline.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class QuietLogTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final QuietLog log = new QuietLog(new Screen(stream, stream, /* terminal= */ false));

  private void publish(Level level, String text, long second) {
    LogRecord record = new LogRecord(level, text);
    record.setLoggerName("org.apache.kafka.clients.NetworkClient");
    record.setInstant(Instant.ofEpochSecond(second));
    log.publish(record);
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void tellsTheSameOnceAMinute() {
    for (int second = 0; second < 90; second++) {
      publish(Level.WARNING, "no connection", second);
      publish(Level.WARNING, "broker disconnected", second);
      publish(Level.INFO, "trying again", second);
    }
    String connection = "warning (NetworkClient): no connection";
    String broker = "warning (NetworkClient): broker disconnected";
    assertEquals(List.of(connection, broker, connection, broker), lines());
  }

  @Test
  void tellsAllThatIsNew() {
    for (int i = 0; i < 300; i++) {
      publish(Level.WARNING, "number " + i, 0);
    }
    assertEquals(300, lines().size());
  }
}
