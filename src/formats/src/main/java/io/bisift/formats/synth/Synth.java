package io.bisift.formats.synth;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.OutputLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes up a corpus of annotation files with the statistics of the published one. Blocks of
 * rollouts are made in parallel, each from random numbers of its own, and poured into the files in
 * order, so the bytes depend on the parameters alone. Memory is that of one block per thread.
 */
public final class Synth {
  private final SynthParameters parameters;
  private final CorpusPlan plan;
  private final Path folder;
  private final List<CorpusFile> files = new ArrayList<>();
  private final SynthProgress progress;
  private final AtomicInteger nextBlock = new AtomicInteger();

  /**
   * @throws UserException if the parameters do not fit together
   */
  public Synth(SynthParameters parameters, Path folder) {
    this.parameters = parameters;
    this.plan = new CorpusPlan(parameters);
    this.folder = folder;
    this.progress = new SynthProgress(plan.rollouts());
    for (int file = 0; file < plan.files(); file++) {
      int first = plan.blockOf(plan.fileStart(file));
      int last = plan.blockOf(plan.fileStart(file + 1) - 1);
      files.add(new CorpusFile(folder, plan.fileName(file), last - first + 1));
    }
  }

  public SynthProgress progress() {
    return progress;
  }

  /**
   * Writes the corpus.
   *
   * @param tool name and version of what writes it
   * @param parallelism number of blocks that are worked on at once
   * @param force whether to replace a corpus that the folder holds, and to write beside strange
   *     files
   * @throws UserException if the folder is taken or cannot be written
   */
  public SynthSummary write(String tool, int parallelism, boolean force) throws IOException {
    CorpusFolder target = new CorpusFolder(folder);
    target.prepare(plan.allFileNames(), force);
    target.describe(new SynthFile(tool, parameters, /* summary= */ null));
    try {
      work(parallelism);
    } catch (IOException | RuntimeException e) {
      for (CorpusFile file : files) {
        file.abandon();
      }
      throw e;
    }
    SynthSummary summary =
        new SynthSummary(
            plan.rollouts(), plan.steps(), progress.brokenLines(), plan.files(), progress.bytes());
    target.describe(new SynthFile(tool, parameters, summary));
    return summary;
  }

  private void work(int parallelism) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(parallelism);
    CompletionService<Boolean> workers = new ExecutorCompletionService<>(pool);
    for (int i = 0; i < parallelism; i++) {
      workers.submit(new Worker()::run);
    }
    try {
      for (int i = 0; i < parallelism; i++) {
        workers.take().get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      } else if (e.getCause() instanceof UserException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failure("interrupted", e);
    } finally {
      pool.shutdownNow(); // after a failure the others may be waiting for a piece that never comes
      awaitQuiet(pool);
    }
  }

  private static void awaitQuiet(ExecutorService pool) {
    try {
      pool.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes block after block, in order: so the earliest unfinished one never has to wait. */
  private final class Worker {
    private final BlockText text = new BlockText(parameters);
    private final TextBuffer compressed = new TextBuffer();

    Boolean run() throws IOException, InterruptedException {
      while (!Thread.currentThread().isInterrupted()) {
        int index = nextBlock.getAndIncrement();
        if (index >= plan.blocks().size()) {
          return true;
        }
        Block block = plan.blocks().get(index);
        text.make(block);
        pour(block, index);
        progress.add(block.rollouts(), text.brokenLines());
      }
      return false;
    }

    /** Gives each file its piece of a block. */
    private void pour(Block block, int index) throws IOException, InterruptedException {
      long blockEnd = block.offset() + block.rollouts();
      long from = block.offset();
      for (int file = plan.fileOf(from); from < blockEnd; file++) {
        long to = Math.min(blockEnd, plan.fileStart(file + 1));
        int piece = index - plan.blockOf(plan.fileStart(file));
        int start = text.end((int) (from - block.offset()));
        int end = text.end((int) (to - block.offset()));
        try {
          write(files.get(file), piece, start, end);
        } catch (IOException e) {
          throw UserException.failure(
              "cannot write " + files.get(file).path() + ": " + OutputLayout.reason(e), e);
        }
        from = to;
      }
    }

    private void write(CorpusFile file, int piece, int start, int end)
        throws IOException, InterruptedException {
      if (parameters.compression() == Compression.NONE) {
        file.write(piece, text.bytes(), start, end);
        progress.addBytes(end - start);
        return;
      }
      compressed.clear(); // each piece is a gzip member or a zstd frame of its own
      try (OutputStream out = parameters.compression().compress(compressed)) {
        out.write(text.bytes(), start, end - start);
      }
      file.write(piece, compressed.bytes(), 0, compressed.length());
      progress.addBytes(compressed.length());
    }
  }
}
