package io.bisift.formats.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.core.UserException;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemChunkerTest {
  private final Storage storage = new LocalStorage();
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private List<ItemChunk> cut(int mostItems, long mostBytes, Path... files) throws IOException {
    List<ItemChunk> chunks = new ArrayList<>();
    List<String> specs = List.of(files).stream().map(Path::toString).toList();
    new ItemChunker(storage, "run", mostItems, mostBytes, chunks::add)
        .cut(new ItemSources(storage, "scores").find(specs));
    return chunks;
  }

  /** Number, offset and text of each line, as who works on the chunks sees them. */
  private List<String> lines(List<ItemChunk> chunks) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      ItemChunk chunk = sent(chunks.get(i));
      assertEquals(i, chunk.number());
      for (RawLine line : chunk.read(storage)) {
        String text = new String(line.text(), StandardCharsets.UTF_8);
        lines.add(chunk.source().name() + ":" + line.number() + "@" + line.offset() + " " + text);
      }
    }
    return lines;
  }

  /** A chunk after its way to another worker. */
  private static ItemChunk sent(ItemChunk chunk) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ItemChunk.write(chunk, new DataOutputStream(bytes));
    return ItemChunk.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void chunksEndAtSoManyItemsOrBytesAndWithTheirFile() throws IOException {
    Path lines = file("b.jsonl", "{1}\r\n\n{22}\n{333}");
    Path zipped = file("c.jsonl.gz", "{4}\n{5}\n");
    Path array = file("a.json", " [ {6} ,\n{7}]\n");
    List<String> all =
        List.of(
            "a.json:1@3 {6}",
            "a.json:2@9 {7}",
            "b.jsonl:1@0 {1}",
            "b.jsonl:2@5 ",
            "b.jsonl:3@6 {22}",
            "b.jsonl:4@11 {333}",
            "c.jsonl:1@0 {4}",
            "c.jsonl:2@4 {5}");
    int[][] sizes = {{1, 8}, {2, 4}, {3, 4}, {100, 3}};
    for (int[] size : sizes) {
      List<ItemChunk> chunks = cut(size[0], Long.MAX_VALUE, lines, zipped, array);
      assertEquals(size[1], chunks.size(), size[0] + " items");
      assertEquals(all, lines(chunks));
    }
    assertEquals(all, lines(cut(100, 4, lines, zipped, array)));
    assertEquals(4, cut(100, 4, lines, zipped, array).size());
    assertEquals(List.of(), cut(3, 3, file("none.jsonl", ""), file("none.json", "[ ]")));
  }

  @Test
  void placesAreInTheOrderOfAllItems() throws IOException {
    long last = -1;
    for (ItemChunk chunk : cut(2, 1 << 20, file("a.jsonl", "1\n2\n3\n"), file("b.json", "[4,5]"))) {
      for (RawLine line : chunk.read(storage)) {
        assertTrue(chunk.place(line) > last);
        last = chunk.place(line);
      }
    }
  }

  /** Brackets, quotes and escapes in strings are text. */
  @Test
  void elementsAreCutApartAsAParserWould() throws IOException {
    ObjectMapper json = new ObjectMapper();
    Random random = new Random(7);
    String[] texts = {"", "a", "]", "}", "[{", "\\", "\"", "\\\"", ",", "é😀", "\n", " "};
    for (int round = 0; round < 300; round++) {
      List<Object> elements = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        String text = texts[random.nextInt(texts.length)] + texts[random.nextInt(texts.length)];
        elements.add(
            switch (random.nextInt(4)) {
              case 0 -> text;
              case 1 -> List.of(text, List.of(), random.nextInt());
              case 2 -> Map.of(text, List.of(text), "x", random.nextDouble());
              default -> random.nextBoolean();
            });
      }
      String text =
          round % 2 == 0
              ? json.writeValueAsString(elements)
              : json.writerWithDefaultPrettyPrinter().writeValueAsString(elements);
      List<JsonNode> found = new ArrayList<>();
      for (ItemChunk chunk :
          cut(2, 1 << 20, file("array.json" + (round % 3 == 0 ? ".gz" : ""), text))) {
        for (RawLine line : chunk.read(storage)) {
          found.add(json.readTree(line.text()));
        }
      }
      assertEquals(json.readTree(text), json.valueToTree(found), text);
      Files.deleteIfExists(folder.resolve("array.json.gz"));
    }
  }

  /** Elements on either side of where the buffer ends, and longer than it. */
  @Test
  void elementsMayBeLong() throws IOException {
    StringBuilder text = new StringBuilder("\uFEFF[");
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lengths.add(i == 20 ? 1_000_000 : 1 + i * 997);
      text.append(i == 0 ? "\"" : ",\n\"").append("x".repeat(lengths.get(i))).append('"');
    }
    List<ItemChunk> chunks = cut(7, 1 << 30, file("long.json", text + "]"));
    List<Integer> found = new ArrayList<>();
    for (ItemChunk chunk : chunks) {
      for (RawLine line : chunk.read(storage)) {
        found.add(line.text().length - 2);
        assertEquals('"', text.charAt((int) line.offset() - 2)); // the mark takes three bytes
      }
    }
    assertEquals(lengths, found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"a\": 1}|does not begin with [",
        "''|does not begin with [",
        "[|it ends within element 1 at byte 1",
        "[1, \"2|it ends within element 2 at byte 6",
        "[1, \"2\\|it ends within element 2 at byte 7",
        "[[1]|it ends within element 1 at byte 4",
        "[1,]|element 2 is empty at byte 3",
        "[,1]|element 1 is empty at byte 1",
        "[1] 2|there is more behind the array at byte 4",
      })
  void aBrokenArrayEndsTheRunInOneLine(String text, String reason) throws IOException {
    Path file = file("results.json", text);
    UserException e = assertThrows(UserException.class, () -> cut(8, 1 << 20, file));
    assertEquals(
        "cannot read "
            + file
            + ": not a JSON array: "
            + reason
            + "; JSON lines are in files called *.jsonl",
        e.getMessage());
  }
}
