package io.bisift.model.safetensors;

/** How one element of a tensor is stored, little-endian, by the format's own names. */
public enum TensorType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are floating-point numbers that a float can hold exactly. */
  public boolean isFloat() {
    return this == F32 || this == F16 || this == BF16;
  }
}
