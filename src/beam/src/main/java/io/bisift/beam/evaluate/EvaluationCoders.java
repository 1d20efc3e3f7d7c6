package io.bisift.beam.evaluate;

import io.bisift.beam.coder.WireCoder;
import io.bisift.core.evaluation.Mistakes;
import io.bisift.core.metrics.ScoreTable;
import io.bisift.formats.evaluate.ChunkOutcome;
import io.bisift.formats.evaluate.ItemChunk;
import io.bisift.formats.evaluate.ResultShard;
import io.bisift.formats.shard.WrittenFile;
import org.apache.beam.sdk.coders.Coder;

/** Coders of what crosses an evaluation's transforms. */
final class EvaluationCoders {
  static final Coder<ItemChunk> CHUNK =
      WireCoder.of(ItemChunk.class, ItemChunk::write, ItemChunk::read);
  static final Coder<ChunkOutcome> OUTCOME =
      WireCoder.of(ChunkOutcome.class, ChunkOutcome::write, ChunkOutcome::read);
  static final Coder<ScoreTable> SCORES =
      WireCoder.of(ScoreTable.class, ScoreTable::write, ScoreTable::read);
  static final Coder<Mistakes> MISTAKES =
      WireCoder.of(Mistakes.class, Mistakes::write, Mistakes::read);
  static final Coder<ResultShard> SHARD =
      WireCoder.of(ResultShard.class, ResultShard::write, ResultShard::read);
  static final Coder<WrittenFile> WRITTEN =
      WireCoder.of(WrittenFile.class, WrittenFile::write, WrittenFile::read);

  private EvaluationCoders() {}
}
