package io.bisift.formats.golden;

import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.StorageWrapper;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process of its own that converts a folder, slowly enough to be killed on the way. */
final class SlowRun {
  private SlowRun() {}

  static Parameters parameters(Path input, Path output) {
    return Parameters.convert(input, output).withShards(8).withChunkSize(64 << 10);
  }

  public static void main(String[] args) throws IOException {
    System.out.println("running");
    StorageWrapper slow =
        new StorageWrapper() {
          @Override
          public WritableByteChannel create(String path) throws IOException {
            rest();
            return super.create(path);
          }

          @Override
          public void move(String from, String to) throws IOException {
            rest();
            super.move(from, to);
            rest();
          }
        };
    TestRun.run(slow, parameters(Path.of(args[0]), Path.of(args[1])));
  }

  private static void rest() {
    LockSupport.parkNanos(10_000_000);
  }
}
