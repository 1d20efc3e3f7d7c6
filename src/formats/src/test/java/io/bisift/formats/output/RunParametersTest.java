package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.Parameters;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunParametersTest {
  private static final Parameters CONVERT = Parameters.convert(Path.of("in"), Path.of("out"));

  private static Parameters select(double ratio, double alpha) {
    return Parameters.select(Path.of("in"), Path.of("out"), new Golden.Selection(ratio, alpha));
  }

  private static void assertRefused(Parameters parameters, String option) {
    UserException error = assertThrows(UserException.class, parameters::build);
    assertEquals(UserException.Kind.USAGE, error.kind());
    assertTrue(error.getMessage().startsWith(option + " must be "), error.getMessage());
    assertEquals(1, error.getMessage().lines().count());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void refuseARatioThatIsNone(double ratio) {
    assertRefused(select(ratio, 0.05), "--top-ratio");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refuseAnAlphaThatIsNone(double alpha) {
    assertRefused(select(0.25, alpha), "--alpha");
  }

  @Test
  void refuseCountsAndSizesThatMakeNoSense() {
    assertRefused(CONVERT.withShards(0), "--shards");
    assertRefused(CONVERT.withShardSize(0), "--shard-size");
    assertRefused(CONVERT.withChunkSize(63), "--chunk-size");
    assertRefused(CONVERT.withMaxRejected(1.1), "--max-rejected");
    assertRefused(CONVERT.withMaxRejected(Double.NaN), "--max-rejected");
  }

  @Test
  void takeTheBounds() {
    select(1, 0).withShards(1).withChunkSize(64).withMaxRejected(0.0).build();
    select(Double.MIN_VALUE, Double.MAX_VALUE).withMaxRejected(1.0).build();
  }

  @Test
  void areReadAsTheyWereWritten() throws JsonProcessingException {
    for (Parameters one :
        new Parameters[] {
          CONVERT,
          select(0.333, 1e-9).withForce().withShardSize(1L << 40),
          CONVERT
              .withLabels(LabelRule.soft())
              .withCompression(Compression.ZSTD)
              .withImageRoot("gs://bucket/名前")
              .withMaxRejected(0.01)
        }) {
      RunParameters parameters = one.build();
      assertEquals(parameters, Json.parse(Json.pretty(parameters), RunParameters.class));
    }
  }
}
