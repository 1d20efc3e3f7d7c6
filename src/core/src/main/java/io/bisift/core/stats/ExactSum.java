package io.bisift.core.stats;

import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A sum of numbers in [0, 1] that does not depend on the order of its parts: fixed point, 2^-60 a
 * unit, in 124 bits. Scores K/N with N a power of two add up exactly, others to 2^-60 each.
 */
public final class ExactSum {
  private static final int FRACTION_BITS = 60;
  private static final int LOW_BITS = 62;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;
  private static final MathContext DIGITS = new MathContext(40);

  private long high;
  private long low;

  public void add(double value) {
    add(value, 1);
  }

  /** Adds a value {@code count} times. */
  public void add(double value, long count) {
    if (!(value >= 0 && value <= 1)) { // written so that NaN fails too
      throw new IllegalArgumentException("not in [0, 1]: " + value);
    }
    long units = (long) (value * 0x1p60);
    long product = units * count;
    long carried = Math.multiplyHigh(units, count) << (Long.SIZE - LOW_BITS);
    add(carried | product >>> LOW_BITS, product & LOW_MASK);
  }

  public void add(ExactSum other) {
    add(other.high, other.low);
  }

  private void add(long moreHigh, long moreLow) {
    low += moreLow;
    high += moreHigh + (low >>> LOW_BITS);
    low &= LOW_MASK;
  }

  /** The sum divided by {@code count}, rounded once; 0 if there is nothing to divide by. */
  public double mean(long count) {
    if (count == 0) {
      return 0;
    }
    BigInteger units = BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low));
    return new BigDecimal(units)
        .divide(new BigDecimal(BigInteger.ONE.shiftLeft(FRACTION_BITS)))
        .divide(BigDecimal.valueOf(count), DIGITS)
        .doubleValue();
  }

  static void write(ExactSum sum, DataOutput out) throws IOException {
    Wire.writeLong(sum.high, out);
    Wire.writeLong(sum.low, out);
  }

  static ExactSum read(DataInput in) throws IOException {
    ExactSum sum = new ExactSum();
    sum.high = Wire.readLong(in);
    sum.low = Wire.readLong(in);
    return sum;
  }
}
