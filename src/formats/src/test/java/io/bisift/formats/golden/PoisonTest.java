package io.bisift.formats.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.OutputFiles;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of broken input every good line comes out, and every bad one is kept aside with its reason. */
final class PoisonTest {
  @TempDir Path temp;
  private Path input;
  private Path output;
  private Manifest manifest;

  @BeforeEach
  void convert() throws IOException {
    input = Golden.unpack("poison", temp);
    output = temp.resolve("out");
    manifest =
        TestRun.run(new LocalStorage(), Parameters.convert(input, output).withChunkSize(1 << 10));
  }

  @Test
  void writesTheGoodLines() {
    Map<String, Long> written = new TreeMap<>();
    manifest.sources().forEach(one -> written.put(one.source(), one.counts().written()));
    assertEquals(
        Map.of("a_types.jsonl", 20L, "b_bytes.jsonl", 3L, "c_bom.jsonl", 4L, "d_deep.jsonl", 2L),
        written);
  }

  @Test
  void saysWhyTheOthersWereRejectedAndKeepsTheirBytes() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : OutputFiles.lines(output, "rejected")) {
      JsonNode rejected = json.readTree(line);
      assertFalse(rejected.get("reason").asText().isBlank(), line);
      String id = rejected.get("id").asText();
      byte[] source = Files.readAllBytes(input.resolve(id.substring(0, id.indexOf(':'))));
      byte[] raw =
          rejected.has("raw")
              ? rejected.get("raw").asText().getBytes(StandardCharsets.UTF_8)
              : Base64.getDecoder().decode(rejected.get("raw_base64").asText());
      int offset = rejected.get("offset").asInt();
      assertEquals(
          new String(
              Arrays.copyOfRange(source, offset, offset + raw.length), StandardCharsets.ISO_8859_1),
          new String(raw, StandardCharsets.ISO_8859_1),
          id);
      int lineNumber = Integer.parseInt(id.substring(id.indexOf(':') + 1));
      long before = 0;
      for (int i = 0; i < offset; i++) {
        before += source[i] == '\n' ? 1 : 0;
      }
      assertEquals(lineNumber, before + 1, id);
    }
  }
}
