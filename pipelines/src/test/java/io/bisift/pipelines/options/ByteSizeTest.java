package io.bisift.pipelines.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "4096, 4096",
    "512B, 512",
    "64KB, 65536",
    "64kb, 65536",
    "64 KiB, 65536",
    "64k, 65536",
    "16MB, 16777216",
    "1.5GB, 1610612736",
    "2TB, 2199023255552",
  })
  void readsUnits(String text, long bytes) {
    assertEquals(Optional.of(bytes), ByteSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1e3", "12XB", "1,5GB", "1.GB", "99999999999TB", "NaN"})
  void refusesTheRest(String text) {
    assertEquals(Optional.empty(), ByteSize.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KB",
    "1610612736, 1.5 GB",
    "2199023255552, 2.0 TB",
    "4503599627370496, 4096.0 TB",
  })
  void printsForTheEye(long bytes, String text) {
    assertEquals(text, ByteSize.format(bytes));
  }
}
