package io.bisift.formats.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bisift.benchmarks.micro.Throughput;
import io.bisift.formats.compress.Compression;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WriterBenchmarkTest {
  @ParameterizedTest
  @EnumSource(names = {"NONE", "GZIP", "ZSTD"})
  void writesEveryRecord(Compression compression) throws Exception {
    Throughput throughput = new Throughput();
    WriterBenchmark benchmark = new WriterBenchmark();
    benchmark.compression = compression;
    benchmark.setUp();

    WrittenFile file = benchmark.write(throughput);

    assertEquals((long) throughput.rollouts, file.records());
    assertEquals(
        compression == Compression.NONE, file.bytes() == Math.round(throughput.megabytes * 1e6));
    benchmark.tearDown();
  }
}
