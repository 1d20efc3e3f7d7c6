package io.bisift.beam.stream;

import io.bisift.formats.log.Segment;
import io.bisift.formats.log.SourceSet;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Gathers additions for a while in one place and makes them the next version. Gives the versions'
 * numbers.
 *
 * @param <T> what is added
 */
final class CommitEvery<T> extends PTransform<PCollection<T>, PCollection<Long>> {
  /** Additions that do not wait any longer: segments of some thousand different scores each. */
  private static final int MANY = 256;

  private final StreamTarget target;
  private final ExpectedShards expected;
  private final CommitFn.Commit<T> commit;
  private final AfterCommit<T> after;

  private CommitEvery(
      StreamTarget target,
      ExpectedShards expected,
      CommitFn.Commit<T> commit,
      AfterCommit<T> after) {
    this.target = target;
    this.expected = expected;
    this.commit = commit;
    this.after = after;
  }

  static CommitEvery<Segment> ofSegments(
      StreamTarget target, ExpectedShards expected, AfterCommit<Segment> after) {
    return new CommitEvery<>(
        target, expected, (committer, some) -> committer.commit(some, List.of()), after);
  }

  static CommitEvery<SourceSet> ofSets(StreamTarget target) {
    return new CommitEvery<>(
        target,
        ExpectedShards.NONE,
        (committer, some) -> committer.commit(List.of(), some),
        AfterCommit.nothing());
  }

  @Override
  public PCollection<Long> expand(PCollection<T> additions) {
    return additions
        .apply("InOnePlace", WithKeys.<Integer, T>of(0).withKeyType(TypeDescriptors.integers()))
        .apply(
            "Gather",
            GroupIntoBatches.<Integer, T>ofSize(MANY)
                .withMaxBufferingDuration(target.publishEvery()))
        .apply("Commit", ParDo.of(new CommitFn<>(target, expected, commit, after)))
        .setCoder(VarLongCoder.of());
  }
}
