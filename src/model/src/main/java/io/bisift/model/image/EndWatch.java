package io.bisift.model.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/** Remembers whether more was asked for than there was: libjpeg makes up what is missing. */
final class EndWatch extends ImageInputStreamImpl {
  private final ImageInputStream in;
  private boolean beyondEnd;

  EndWatch(ImageInputStream in) {
    this.in = in;
  }

  boolean readBeyondEnd() {
    return beyondEnd;
  }

  @Override
  public int read() throws IOException {
    in.seek(streamPos);
    int read = in.read();
    note(read, 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    in.seek(streamPos);
    int read = in.read(buffer, offset, length);
    note(read, read);
    return read;
  }

  private void note(int read, int advance) {
    if (read < 0) {
      beyondEnd = true;
    } else {
      streamPos += advance;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    in.close();
  }
}
