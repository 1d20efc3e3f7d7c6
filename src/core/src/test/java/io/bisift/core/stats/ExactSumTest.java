package io.bisift.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSumTest {
  private static ExactSum of(List<Double> values) {
    ExactSum sum = new ExactSum();
    values.forEach(sum::add);
    return sum;
  }

  @Property
  void theMeanOfSixteenthsIsTheExactOneRoundedOnce(
      @ForAll @Size(min = 1, max = 300) List<Byte> ks) {
    List<Double> scores = ks.stream().map(k -> (k & 15) / 16.0).toList();
    BigDecimal exact =
        scores.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    double mean = exact.divide(new BigDecimal(scores.size()), new MathContext(60)).doubleValue();
    assertEquals(mean, of(scores).mean(scores.size()));
  }

  @Property
  void neitherOrderNorBundlingShows(
      @ForAll @Size(max = 100) List<@DoubleRange(max = 1) Double> values, @ForAll long seed) {
    List<Double> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));
    int half = values.size() / 2;
    ExactSum bundled = of(shuffled.subList(half, values.size()));
    bundled.add(of(shuffled.subList(0, half)));
    assertEquals(of(values).mean(7), bundled.mean(7));
  }

  @Test
  void addsWhatDoublesLose() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < 1 << 20; i++) {
      sum.add(1.0);
      sum.add(0x1p-60);
    }
    assertEquals(1.0, sum.mean(1 << 20));
    ExactSum rest = new ExactSum();
    rest.add(0x1p-60);
    assertEquals(0x1p-60, rest.mean(1));
    assertEquals(0x1p-61, rest.mean(2));
  }

  @Test
  void holdsMoreThanALong() {
    ExactSum sum = new ExactSum();
    sum.add(0.75);
    for (int i = 0; i < 50; i++) { // doubles it each time
      ExactSum copy = new ExactSum();
      copy.add(sum);
      sum.add(copy);
    }
    assertEquals(0.75, sum.mean(1L << 50));
    assertEquals(0.75 * (1L << 50), sum.mean(1));
  }

  @Test
  void theMeanOfNothingIsZero() {
    assertEquals(0.0, new ExactSum().mean(0));
    assertEquals(0.0, new ExactSum().mean(3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.0000000000000002, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoScore(double value) {
    assertThrows(IllegalArgumentException.class, () -> new ExactSum().add(value));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    ExactSum sum = of(Collections.nCopies(100, 0.3));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ExactSum.write(sum, new DataOutputStream(bytes));
    ExactSum copy =
        ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertEquals(sum.mean(100), copy.mean(100));
    assertEquals(0.3, copy.mean(100));
  }
}
