package io.bisift.beam.stream;

import io.bisift.formats.log.FileSelection;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Watch;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * Grows a set by whole files, as they appear in watched folders: each is a source, complete when it
 * appears, and its part of the set is what {@code select} makes of it alone. Gives the numbers of
 * the versions.
 */
public final class GrowFromFiles extends PTransform<PBegin, PCollection<Long>> {
  private final List<String> globs;
  private final Duration pollEvery;
  private final StreamTarget target;

  private GrowFromFiles(List<String> globs, Duration pollEvery, StreamTarget target) {
    this.globs = List.copyOf(globs);
    this.pollEvery = pollEvery;
    this.target = target;
  }

  /**
   * @param globs that name the files, as Beam's file systems take them
   * @param pollEvery how often there is a look for new ones
   */
  public static GrowFromFiles of(List<String> globs, Duration pollEvery, StreamTarget target) {
    return new GrowFromFiles(globs, pollEvery, target);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    return begin
        .apply("Folders", Create.of(globs).withCoder(StringUtf8Coder.of()))
        .apply(
            "Watch",
            FileIO.matchAll()
                .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW)
                .continuously(pollEvery, Watch.Growth.never()))
        .apply("Sources", Filter.by(GrowFromFiles::isSource))
        .apply(
            "Path",
            MapElements.into(TypeDescriptors.strings()).via(file -> file.resourceId().toString()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Select", ParDo.of(new SelectFileFn(target)))
        .setCoder(StreamCoders.SOURCE_SET)
        .apply("Publish", CommitEvery.ofSets(target));
  }

  private static boolean isSource(MatchResult.Metadata file) {
    String name = file.resourceId().getFilename();
    return !file.resourceId().isDirectory() && name != null && FileSelection.isSource(name);
  }
}
