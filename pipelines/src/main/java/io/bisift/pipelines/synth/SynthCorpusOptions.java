package io.bisift.pipelines.synth;

import io.bisift.pipelines.options.Heading;
import io.bisift.pipelines.options.ValueName;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** What a made-up corpus is like. */
@Heading("Corpus")
public interface SynthCorpusOptions extends PipelineOptions {
  @Description(
      "Size of the corpus, in sizes of the published one; 1 is 565,149 rollouts and 1.5 GB, 0.01"
          + " a hundredth of that")
  @Default.Double(1)
  @ValueName("NUMBER")
  double getScale();

  void setScale(double scale);

  @Description(
      "Where random numbers start; the same seed gives the same bytes, whatever the machine and"
          + " --parallelism; e.g. 7")
  @Default.Long(0)
  @ValueName("N")
  long getSeed();

  void setSeed(long seed);

  @Description(
      "Share of broken lines among all lines, from 0 to 0.9; 0.01 breaks one in a hundred. They"
          + " come on top: the good lines stay the same")
  @Default.Double(0)
  @ValueName("SHARE")
  double getBad();

  void setBad(double bad);

  @Description(
      "Give steps scores that are no multiples of 1/16, and hardly two of them alike; wrong steps"
          + " stay at 0")
  boolean getArbitraryScores();

  void setArbitraryScores(boolean arbitraryScores);
}
