package io.bisift.pipelines.options;

import io.bisift.formats.compress.Compression;

/** The compressions that data files can have. */
public enum ShardCompression {
  NONE(Compression.NONE),
  GZIP(Compression.GZIP),
  ZSTD(Compression.ZSTD),
  /** As gzip. */
  GZ(Compression.GZIP),
  /** As zstd. */
  ZST(Compression.ZSTD);

  private final Compression format;

  ShardCompression(Compression format) {
    this.format = format;
  }

  public Compression format() {
    return format;
  }
}
