package io.bisift.formats.evaluate;

import io.bisift.core.Digests;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SHA-256 of what scores depend on. */
final class Fingerprint {
  private final MessageDigest sha256 = Digests.newSha256();

  /**
   * Of a run: how it scores, and its checkpoint by the names and sizes of its files. Ready scores
   * depend on nothing but their lines.
   */
  static String of(
      EvaluationParameters.@Nullable Scorer scorer, @Nullable String imageRoot, Storage storage)
      throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    if (scorer == null) {
      return fingerprint.add("ready scores").hex();
    }
    Map<String, Long> files = new TreeMap<>();
    for (StoredFile file : storage.listAll(scorer.checkpoint())) {
      files.put(file.path(), file.size());
    }
    return fingerprint
        .add(scorer.toString())
        .add(files.toString())
        .add(String.valueOf(imageRoot))
        .hex();
  }

  /** Of a chunk's lines, and of the run that works on them. */
  static String of(String run, List<RawLine> lines) {
    Fingerprint fingerprint = new Fingerprint().add(run);
    for (RawLine line : lines) {
      fingerprint.add(line.number() + ":" + line.text().length);
      fingerprint.sha256.update(line.text());
    }
    return fingerprint.hex();
  }

  private Fingerprint add(String text) {
    sha256.update(text.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    return this;
  }

  private String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
