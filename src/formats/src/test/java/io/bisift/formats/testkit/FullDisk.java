package io.bisift.formats.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Storage on which only so many bytes can be written. */
public final class FullDisk extends StorageWrapper {
  private long left;

  /**
   * @param space bytes until it is full
   */
  public FullDisk(long space) {
    this.left = space;
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    WritableByteChannel file = super.create(path);
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        left -= source.remaining();
        if (left < 0) {
          throw new IOException("No space left on device");
        }
        return file.write(source);
      }

      @Override
      public boolean isOpen() {
        return file.isOpen();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
