package io.bisift.trainer.data;

import io.bisift.core.Digests;
import io.bisift.core.plan.ShardTask;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.output.Manifest;
import io.bisift.formats.shard.OutputLayout;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small sets, written as {@code select} writes them. */
public final class Sets {
  private Sets() {}

  /** A record and its index line. */
  public record Line(String record, String index) {}

  /** A record with one step per label, the counts K of 16. */
  public static Line line(int number, String image, String question, double... labels) {
    StringBuilder steps = new StringBuilder();
    StringBuilder values = new StringBuilder();
    StringBuilder correct = new StringBuilder();
    StringBuilder total = new StringBuilder();
    for (int i = 0; i < labels.length; i++) {
      steps.append(i == 0 ? "" : "\\n\\n").append("step ").append(i).append("<prm>");
      values.append(i == 0 ? "" : ", ").append(labels[i]);
      correct.append(i == 0 ? "" : ", ").append(Math.round(16 * labels[i]));
      total.append(i == 0 ? "" : ", ").append(16);
    }
    return new Line(
        """
        {"image": "%s", "conversations": [{"from": "human", "value": "Question: %s\\nProcess: %s"}, \
        {"from": "gpt", "value": [%s]}]}"""
            .formatted(image, question, steps, values),
        """
        {"id": "source.jsonl:%d", "image": "%s", "p": 0.5, "R": 1.0, "n": %d, "BIS": 0.3, \
        "mc_correct": [%s], "mc_total": [%s]}"""
            .formatted(number, image, labels.length, correct, total));
  }

  /** Writes a set with its manifest. */
  public static Path write(Path folder, Compression compression, List<List<Line>> shards)
      throws IOException {
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      String data = OutputLayout.shard(ShardTask.Kind.DATA, i, shards.size(), compression);
      String index = OutputLayout.index(i, shards.size());
      List<String> records = shards.get(i).stream().map(Line::record).toList();
      List<String> entries = shards.get(i).stream().map(Line::index).toList();
      listed.add(
          "{\"data\": %s, \"index\": %s}"
              .formatted(
                  file(folder, data, records, compression),
                  file(folder, index, entries, Compression.NONE)));
    }
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"format": "%s", "tool": "test", "parameters": null, "inputs": [], "totals": null,
         "sources": [], "shards": %s,
         "rejected": {"records": 0, "by_defect": {}, "files": []}}
        """
            .formatted(Manifest.FORMAT, listed));
    return folder;
  }

  private static String file(Path folder, String name, List<String> lines, Compression compression)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.compress(bytes)) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
    return """
        {"name": "%s", "records": %d, "bytes": %d, "sha256": "%s"}"""
        .formatted(name, lines.size(), bytes.size(), Digests.sha256(bytes.toByteArray()));
  }
}
