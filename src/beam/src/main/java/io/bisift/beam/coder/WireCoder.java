package io.bisift.beam.coder;

import io.bisift.core.wire.Wire;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/** A coder for a type that knows its own binary form. Deterministic. */
public final class WireCoder<T> extends CustomCoder<T> {
  private final Class<T> type;
  private final Wire.Writer<T> writer;
  private final Wire.Reader<T> reader;

  private WireCoder(Class<T> type, Wire.Writer<T> writer, Wire.Reader<T> reader) {
    this.type = type;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * The coder of a type.
   *
   * @param writer writes equal values as equal bytes
   */
  public static <T> WireCoder<T> of(Class<T> type, Wire.Writer<T> writer, Wire.Reader<T> reader) {
    return new WireCoder<>(type, writer, reader);
  }

  @Override
  public void encode(T value, OutputStream out) throws IOException {
    writer.write(value, new DataOutputStream(out)); // unbuffered: nothing to flush
  }

  @Override
  public T decode(InputStream in) throws IOException {
    return reader.read(new DataInputStream(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public TypeDescriptor<T> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(type);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WireCoder<?> coder && type == coder.type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }
}
