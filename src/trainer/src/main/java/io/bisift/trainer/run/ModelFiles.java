package io.bisift.trainer.run;

import io.bisift.core.Digests;
import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Tells whether a model folder is the one that a run began with. */
final class ModelFiles {
  /** Bytes at both ends of a weights file that are looked at: the header lies at the start. */
  private static final int END = 1 << 20;

  private static final List<String> TOKENIZER =
      List.of("added_tokens.json", "merges.txt", "tokenizer.json", "tokenizer.model", "vocab.json");

  private ModelFiles() {}

  /** A sum over what makes text into ids. */
  static String tokenizer(Path folder) {
    MessageDigest digest = Digests.newSha256();
    try {
      for (String name : TOKENIZER) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw UserException.failure("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return shorten(digest);
  }

  /** A sum over the configuration and the ends of the weights: all of them would take minutes. */
  static String weights(Path folder) {
    MessageDigest digest = Digests.newSha256();
    try {
      digest.update(Files.readAllBytes(folder.resolve("config.json")));
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files =
            all.filter(f -> f.getFileName().toString().endsWith(".safetensors")).sorted().toList();
      }
      for (Path file : files) {
        long size = Files.size(file);
        digest.update((file.getFileName() + " " + size).getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(file)) {
          digest.update(part(channel, 0, size));
          digest.update(part(channel, Math.max(0, size - END), size));
        }
      }
    } catch (IOException e) {
      throw UserException.failure("cannot read " + folder + ": " + e.getMessage(), e);
    }
    return shorten(digest);
  }

  private static ByteBuffer part(FileChannel channel, long from, long size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(END, size - from));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until all is read
    }
    return bytes.flip();
  }

  private static String shorten(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }
}
