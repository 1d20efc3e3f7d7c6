package io.bisift.formats.compress;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file's bytes are compressed. */
public enum Compression {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst"),
  /** An entry of a zip file. */
  DEFLATE("");

  private static final int BUFFER = 1 << 16;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** What a file of this kind has at the end of its name. */
  public String suffix() {
    return suffix;
  }

  /** The compression that a file's name tells. */
  public static Compression ofName(String name) {
    return name.endsWith(GZIP.suffix) ? GZIP : name.endsWith(ZSTD.suffix) ? ZSTD : NONE;
  }

  /** The uncompressed stream in {@code stored}; several members or frames read as one. */
  public InputStream decompress(InputStream stored) throws IOException {
    return switch (this) {
      case NONE -> stored;
      // the JDK's GZIPInputStream may take the end of a member for the end of the file
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(stored)
              .setDecompressConcatenated(true)
              .get();
      case ZSTD -> new ZstdInputStream(new LastByteApart(stored));
      case DEFLATE -> new RawInflaterInputStream(stored);
    };
  }

  /** A stream whose bytes are compressed into {@code out}; closing it closes {@code out}. */
  public OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER);
      case ZSTD -> new ZstdOutputStream(out).setChecksum(true);
      case DEFLATE -> throw new IllegalArgumentException("zip files are only read");
    };
  }

  /** Deflated data without a header, as zip files have it. */
  private static final class RawInflaterInputStream extends InflaterInputStream {
    RawInflaterInputStream(InputStream stored) {
      super(stored, new Inflater(true), BUFFER);
    }

    @Override
    public void close() throws IOException {
      inf.end();
      in.close();
    }
  }
}
