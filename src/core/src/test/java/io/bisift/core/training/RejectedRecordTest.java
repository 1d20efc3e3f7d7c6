package io.bisift.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.TestData;
import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.text.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectedRecordTest {
  private static String rejected(byte[] buffer, int from, int to) {
    JsonBytes json = new JsonBytes();
    RejectedRecordException why = new RejectedRecordException(Defect.INVALID_JSON, "not \"JSON\"");
    RejectedRecord.append("a/é.jsonl:12", 1L << 40, why, buffer, from, to, json);
    return json.toString();
  }

  @Test
  void keepsTextAsItIs() {
    byte[] buffer = "xx{\"a\": é\u0001😀\\ yy".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "{\"id\": \"a/é.jsonl:12\", \"offset\": 1099511627776, \"reason\": \"not \\\"JSON\\\"\", \"raw\":"
            + " \"{\\\"a\\\": é\\u0001😀\\\\\"}",
        rejected(buffer, 2, buffer.length - 3));
  }

  @Test
  void keepsOtherBytesInBase64() {
    byte[] buffer = HexFormat.of().parseHex("00ff7b80007d00");
    assertEquals(
        "{\"id\": \"a/é.jsonl:12\", \"offset\": 1099511627776, \"reason\": \"not \\\"JSON\\\"\","
            + " \"raw_base64\": \"e4AAfQ==\"}",
        rejected(buffer, 2, 6));
  }

  @Test
  void everyBadLineOfTheOddCorporaCanBeRestored() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    RecordConverter converter = Conversions.strict(LabelRule.soft());
    JsonBytes json = new JsonBytes();
    int rejected = 0;
    for (String file :
        List.of("edges/b_odd", "poison/a_types", "poison/b_bytes", "poison/d_deep")) {
      for (byte[] line : TestData.lines("/golden/" + file + ".jsonl.gz")) {
        try {
          Conversions.convert(line, converter);
        } catch (RejectedRecordException e) {
          RejectedRecord.append("id", 0, e, line, 0, line.length, json.clear());
          JsonNode node = mapper.readTree(json.toByteArray());
          assertArrayEquals(
              line,
              node.has("raw")
                  ? node.get("raw").textValue().getBytes(StandardCharsets.UTF_8)
                  : node.get("raw_base64").binaryValue());
          assertEquals(e.getMessage(), node.get("reason").textValue());
          rejected++;
        }
      }
    }
    assertTrue(rejected > 25, "rejected: " + rejected);
  }

  @Test
  void aRejectionCarriesNoStackTrace() {
    RejectedRecordException e =
        assertThrows(
            RejectedRecordException.class,
            () -> Conversions.convert(new byte[] {'x'}, Conversions.strict(LabelRule.soft())));
    assertEquals(0, e.getStackTrace().length);
  }
}
