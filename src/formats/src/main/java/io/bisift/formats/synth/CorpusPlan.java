package io.bisift.formats.synth;

import io.bisift.core.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The blocks that a corpus is made in, and the files that they are poured into, both in order. */
final class CorpusPlan {
  private static final int ROLLOUTS_PER_BLOCK = 512;
  private static final String SINGLE_STEM = "visualprm400k_en_20240402_extracted";
  private static final String SUFFIX = ".jsonl";

  private final List<SourcePlan> sources;
  private final List<Block> blocks = new ArrayList<>();

  /** Number of each file's first rollout within the corpus, and at the end that of all rollouts. */
  private final long[] fileStarts;

  private final List<String> fileNames = new ArrayList<>();

  /**
   * @throws UserException if there cannot be as many files
   */
  CorpusPlan(SynthParameters parameters) {
    this.sources =
        PublishedSources.ALL.stream().map(s -> new SourcePlan(s, parameters.scale())).toList();
    for (SourcePlan source : sources) {
      addBlocks(source);
    }
    this.fileStarts = planFiles(parameters);
  }

  private void addBlocks(SourcePlan source) {
    long offset = blocks.isEmpty() ? 0 : blockEnd(blocks.size() - 1);
    int count = (int) ((source.rollouts() + ROLLOUTS_PER_BLOCK - 1) / ROLLOUTS_PER_BLOCK);
    for (int i = 0; i < count; i++) {
      long first = source.rollouts() * i / count;
      long end = source.rollouts() * (i + 1) / count;
      blocks.add(new Block(source, i, first, (int) (end - first), offset + first));
    }
  }

  private long[] planFiles(SynthParameters parameters) {
    String suffix = SUFFIX + parameters.compression().suffix();
    List<String> stems = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    if (parameters.singleSource()) {
      stems.add(SINGLE_STEM);
      sizes.add(rollouts());
    } else {
      sources.forEach(source -> stems.add(source.facts().fileStem()));
      sources.forEach(source -> sizes.add(source.rollouts()));
    }
    int files = parameters.files() == null ? stems.size() : parameters.files();
    if (files < stems.size() || files > rollouts()) {
      throw UserException.usage(
          "--files must be from "
              + stems.size()
              + " (the sources) to "
              + rollouts()
              + " (the rollouts), was "
              + files);
    }
    long[] starts = new long[files + 1];
    int file = 0;
    long start = 0;
    int before = 0;
    for (int i = 0; i < stems.size(); i++) {
      int until = filesUntil(start + sizes.get(i), i + 1, files, stems.size());
      int parts = until - before;
      for (int part = 0; part < parts; part++) {
        starts[file++] = start + sizes.get(i) * part / parts;
        fileNames.add(name(stems.get(i), part, parts) + suffix);
      }
      start += sizes.get(i);
      before = until;
    }
    starts[file] = start;
    return starts;
  }

  /** How many files the first sources have: one each, and a share of the others by rollouts. */
  private int filesUntil(long rollouts, int sourcesUntil, int files, int allSources) {
    long others = rollouts() - allSources;
    double share = others == 0 ? 0 : (double) (rollouts - sourcesUntil) / others;
    return sourcesUntil + (int) Math.round((files - allSources) * share);
  }

  private static String name(String stem, int part, int parts) {
    return parts == 1 ? stem : String.format(Locale.ROOT, "%s-%06d-of-%06d", stem, part, parts);
  }

  long rollouts() {
    return blockEnd(blocks.size() - 1);
  }

  long steps() {
    return sources.stream().mapToLong(source -> source.steps(source.rollouts())).sum();
  }

  List<Block> blocks() {
    return blocks;
  }

  private long blockEnd(int block) {
    return blocks.get(block).offset() + blocks.get(block).rollouts();
  }

  int files() {
    return fileNames.size();
  }

  String fileName(int file) {
    return fileNames.get(file);
  }

  Set<String> allFileNames() {
    return new HashSet<>(fileNames);
  }

  /** Number of a file's first rollout within the corpus; for the number of files, of all. */
  long fileStart(int file) {
    return fileStarts[file];
  }

  /** The file that a rollout goes into, by its number within the corpus. */
  int fileOf(long rollout) {
    int found = Arrays.binarySearch(fileStarts, rollout);
    return found >= 0 ? found : -found - 2;
  }

  /** The block that makes a rollout, by its number within the corpus. */
  int blockOf(long rollout) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks.get(middle).offset() <= rollout) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
