package io.bisift.formats.golden;

import io.bisift.formats.testkit.StorageWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Storage that stops for good after so many changes, as if the process had been killed there. */
final class StoppedStorage extends StorageWrapper {
  private int left;

  StoppedStorage(int changes) {
    this.left = changes;
  }

  private void change() throws IOException {
    if (left == 0) {
      throw new IOException("stopped");
    }
    left--;
  }

  @Override
  public WritableByteChannel create(String path) throws IOException {
    change();
    WritableByteChannel file = super.create(path);
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        change();
        // a write may be cut short, too
        ByteBuffer part = source.slice(source.position(), Math.min(source.remaining(), 1000));
        int count = file.write(part);
        source.position(source.position() + count);
        return count;
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

  @Override
  public void move(String from, String to) throws IOException {
    change();
    super.move(from, to);
  }

  @Override
  public void delete(List<String> paths) throws IOException {
    for (String path : paths) {
      change();
      super.delete(List.of(path));
    }
  }

  @Override
  public void deleteFolder(String folder) throws IOException {
    change();
    super.deleteFolder(folder);
  }
}
