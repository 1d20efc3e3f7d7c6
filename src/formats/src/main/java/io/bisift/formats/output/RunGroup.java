package io.bisift.formats.output;

import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.RecordConverter;
import io.bisift.formats.scan.ImageFiles;
import io.bisift.formats.scan.RangeReplay;
import io.bisift.formats.scan.RangeScanner;
import io.bisift.formats.storage.Storage;
import java.io.Serializable;
import java.util.List;

/**
 * Runs over the same input that share its scan. They differ in how they rank, how much they keep
 * and where they write; each makes the set that it would make alone.
 *
 * @param runs at least one
 */
public record RunGroup(List<RunParameters> runs) implements Serializable {
  public RunGroup {
    runs = List.copyOf(runs);
    RunParameters first = runs.get(0);
    for (RunParameters run : runs) {
      if (!run.likewise(first)) {
        throw new IllegalArgumentException("the runs of a group read alike: " + runs);
      }
    }
    if (runs.stream().map(RunParameters::output).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("the runs of a group write apart: " + runs);
    }
  }

  /** A run by itself. */
  public static RunGroup of(RunParameters run) {
    return new RunGroup(List.of(run));
  }

  /** What all runs read. */
  public List<String> annotations() {
    return runs.get(0).annotations();
  }

  /** Bytes of a range. */
  public long chunkSize() {
    return runs.get(0).chunkSize();
  }

  /** Whether pictures are looked for. */
  public boolean checksImages() {
    return runs.get(0).imageRoot() != null;
  }

  /** The different α that rank, each once. */
  public List<Double> alphas() {
    return runs.stream().map(RunParameters::alpha).distinct().toList();
  }

  /** Which of {@link #alphas} ranks for a run. */
  public int alphaOf(int run) {
    return alphas().indexOf(runs.get(run).alpha());
  }

  /** The first pass. */
  public RangeScanner scanner() {
    return new RangeScanner(alphas(), converter(ImageCheck.NONE), checksImages());
  }

  /** Looks for pictures; may serve many threads and ranges, and remembers what it has found. */
  public ImageCheck images(Storage storage) {
    String imageRoot = runs.get(0).imageRoot();
    return imageRoot == null ? ImageCheck.NONE : new ImageFiles(storage, imageRoot);
  }

  /** The second pass. */
  public RangeReplay replay(ImageCheck images) {
    return new RangeReplay(converter(images));
  }

  private RecordConverter converter(ImageCheck images) {
    RunParameters first = runs.get(0);
    RecordConverter.BadSteps badSteps =
        switch (first.command()) {
          case CONVERT -> RecordConverter.BadSteps.LEAVE_OUT;
          case SELECT -> RecordConverter.BadSteps.REJECT_ROLLOUT;
        };
    return new RecordConverter(first.labels(), badSteps, images);
  }
}
