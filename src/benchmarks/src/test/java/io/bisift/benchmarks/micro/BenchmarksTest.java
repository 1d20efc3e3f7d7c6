package io.bisift.benchmarks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.plan.RangeScan;
import io.bisift.core.select.Cut;
import io.bisift.core.select.RankHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each benchmark's setup and one invocation work, and do what their names say. */
final class BenchmarksTest {
  private final Throughput throughput = new Throughput();

  @Test
  void scanFindsEveryRollout() throws Exception {
    ScanBenchmark benchmark = new ScanBenchmark();
    benchmark.setUp();

    RangeScan scan = benchmark.scan(throughput);
    long rollouts = scan.ranked();
    assertEquals(5650, rollouts);
    assertEquals(rollouts, scan.lines());
    assertEquals(rollouts, (long) throughput.rollouts);
    assertEquals(scan.bytes() / 1e6, throughput.megabytes);
    assertEquals(rollouts, benchmark.lines(throughput));
    assertEquals(rollouts, benchmark.parse(throughput).size());
    long steps = benchmark.parse(throughput).stream().mapToLong(it -> it.steps().size()).sum();
    assertEquals(steps, benchmark.skim(throughput));
    benchmark.tearDown();
  }

  @Test
  void codecWritesRecordAndIndexOfEveryLine() throws Exception {
    CodecBenchmark benchmark = new CodecBenchmark();
    benchmark.setUp();

    int rollouts = benchmark.convert(throughput).size();
    assertEquals(rollouts, (long) throughput.rollouts);
    long written = benchmark.writeRecord(throughput) + benchmark.writeIndex(throughput);
    assertTrue(written > 500L * rollouts);
    // the index entries of one differ in their ids only
    assertTrue(Math.abs(written - benchmark.lineToRecord(throughput)) < 4L * rollouts);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cutIsFoundInWhatWasCounted(boolean arbitrary) throws Exception {
    CutBenchmark benchmark = new CutBenchmark();
    benchmark.arbitrary = arbitrary;
    benchmark.setUp();

    RankHistogram counted = benchmark.add();
    long kept = counted.total() / 10;
    Cut cut = benchmark.search();
    assertEquals(kept, cut.countAbove(counted) + cut.tiesKept());
    assertEquals(64 * counted.total(), benchmark.merge().total());
    assertEquals(counted.total(), benchmark.read().total());
    assertTrue(benchmark.write().length > counted.size());
    assertEquals(arbitrary, counted.size() > counted.total() / 2);
  }

  @Test
  void codersGiveBackWhatTheyTook() throws Exception {
    CoderBenchmark benchmark = new CoderBenchmark();
    benchmark.setUp();

    assertTrue(
        benchmark.encodeRollouts(throughput) < benchmark.encodeRecords(throughput)); // labels
    assertEquals(
        benchmark.decodeRollouts(throughput).size(), benchmark.decodeRecords(throughput).size());
  }
}
