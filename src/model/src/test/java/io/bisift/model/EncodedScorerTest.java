package io.bisift.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.scoring.ScorerSettings.Precision;
import io.bisift.model.config.ModelConfig;
import io.bisift.model.input.EncodedRecord;
import io.bisift.model.input.RewardTokens;
import io.bisift.model.kernel.Arithmetic;
import io.bisift.model.kernel.Arithmetic.Attention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EncodedScorerTest {
  private static final Arithmetic FUSED = new Arithmetic(Precision.FLOAT32, Attention.FUSED);
  private static final int TILE_BYTES = 56 * 56 * 3;
  private static RewardTokens tokens;
  private static EncodedScorer model;
  private static List<EncodedRecord> records;
  private static List<List<Double>> oneByOne;

  @BeforeAll
  static void load() {
    try (GoldenCase golden = new GoldenCase("internlm2", "c1_single")) {
      tokens = golden.tokens();
    }
    model = open("cpu", FUSED);
    SplittableRandom random = new SplittableRandom(3);
    records = IntStream.range(0, 40).mapToObj(i -> record(random, i % 4)).toList();
    oneByOne = new ArrayList<>();
    records.forEach(record -> oneByOne.addAll(model.score(List.of(record))));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static EncodedScorer open(String device, Arithmetic arithmetic) {
    Path folder = Golden.path("internlm2/checkpoint");
    return EncodedScorer.load(folder, ModelConfig.read(folder), tokens, device, arithmetic);
  }

  /** Random text with a step's end now and then, image tokens first. */
  private static EncodedRecord record(SplittableRandom random, int tiles) {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < tiles; i++) {
      byte[] tile = new byte[TILE_BYTES];
      random.nextBytes(tile);
      pictures.add(tile);
    }
    int images = tiles * 4;
    int[] ids = new int[images + random.nextInt(10, 90)];
    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = i < images ? tokens.imageContext() : random.nextInt(300);
      if (i >= images && random.nextInt(9) == 0) {
        ids[i] = tokens.step();
        steps.add(i);
      }
    }
    return new EncodedRecord(ids, steps.stream().mapToInt(Integer::intValue).toArray(), pictures);
  }

  private static void assertSame(List<List<Double>> expected, List<List<Double>> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).size(), actual.get(i).size());
      for (int step = 0; step < expected.get(i).size(); step++) {
        assertEquals(expected.get(i).get(step), actual.get(i).get(step), 5e-5);
      }
    }
  }

  @Test
  void batchingDoesNotMatter() {
    assertSame(oneByOne, model.score(records));
    try (EncodedScorer other = open("cpu", Arithmetic.REFERENCE)) {
      assertSame(oneByOne, other.score(records));
    }
  }

  @Test
  void severalDevicesDoNotMatter() {
    try (EncodedScorer other = open("cpux2", FUSED)) {
      assertSame(oneByOne, other.score(records));
    }
  }

  @Test
  void bfloat16IsNear() {
    Arithmetic half = new Arithmetic(Precision.BFLOAT16, Attention.FUSED);
    try (EncodedScorer other = open("cpu", half)) {
      List<Double> expected = oneByOne.stream().flatMap(List::stream).toList();
      List<Double> actual = other.score(records).stream().flatMap(List::stream).toList();
      double sum = 0;
      for (int i = 0; i < expected.size(); i++) {
        sum += Math.abs(expected.get(i) - actual.get(i));
      }
      assertTrue(sum / expected.size() < 0.03, () -> "mean difference too large");
    }
  }

  @Test
  void severalThreadsScoreAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<List<Double>>>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> model.score(records)));
      }
      for (Future<List<List<Double>>> result : results) {
        assertSame(oneByOne, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aThousandRecordsLeaveNothingBehind() {
    int before = model.network().manager().getManagedArrays().size();
    int parent = model.network().manager().getParentManager().getManagedArrays().size();
    for (int i = 0; i < 25; i++) {
      assertEquals(records.size(), model.score(records).size());
    }
    assertEquals(before, model.network().manager().getManagedArrays().size());
    assertEquals(parent, model.network().manager().getParentManager().getManagedArrays().size());
  }

  @Test
  void aRecordWithoutStepsHasNoScores() {
    EncodedRecord empty = new EncodedRecord(new int[] {1, 2}, new int[0], List.of());
    assertEquals(List.of(List.of()), model.score(List.of(empty)));
    assertEquals(List.of(), model.score(List.of()));
  }

  @Test
  void imageTokensAndTilesMustMatch() {
    EncodedRecord record =
        new EncodedRecord(
            new int[] {tokens.imageContext(), tokens.step()},
            new int[] {1},
            List.of(new byte[TILE_BYTES]));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> model.score(List.of(record)));
    assertEquals("1 image tokens in the text, but the tiles have 4", e.getMessage());
  }
}
