package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InternVlMetaTest {
  @TempDir Path temp;

  private JsonNode meta(@Nullable String imageRoot) throws IOException {
    Path input = temp.resolve("a.jsonl");
    Path output = temp.resolve("out");
    Rollouts.write(input, 5);
    TestRun.run(
        new LocalStorage(),
        Parameters.convert(input, output).withShards(2).withImageRoot(imageRoot));
    return new ObjectMapper().readTree(Files.readString(output.resolve("meta.json")));
  }

  @Test
  void hasAnEntryPerShard() throws IOException {
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"part-00000-of-00002":
                  {"root": "", "annotation": "data/part-00000-of-00002.jsonl",
                   "data_augment": false, "repeat_time": 1, "length": 2},
                 "part-00001-of-00002":
                  {"root": "", "annotation": "data/part-00001-of-00002.jsonl",
                   "data_augment": false, "repeat_time": 1, "length": 3}}
                """),
        meta(null));
  }

  @Test
  void takesTheImageRoot() throws IOException {
    Path images = Files.createDirectories(temp.resolve("images"));
    Files.createFile(images.resolve("3.png"));
    JsonNode shard = meta(images.toString()).get("part-00001-of-00002");
    assertEquals(images.toString(), shard.get("root").asText());
    assertEquals(1, shard.get("length").asInt(), "the others' pictures are missing");
  }
}
