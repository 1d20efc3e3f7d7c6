package io.bisift.formats.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.rollout.Defect;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.training.ImageCheck;
import io.bisift.core.training.LabelRule;
import io.bisift.core.training.RecordConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenLinesTest {
  private static final double SHARE = 0.2;

  private final RecordConverter converter =
      new RecordConverter(
          LabelRule.hard(0), RecordConverter.BadSteps.REJECT_ROLLOUT, ImageCheck.NONE);
  private final Set<Defect> defects = EnumSet.noneOf(Defect.class);
  private long blank;

  @TempDir Path folder;
  private SynthSummary summary;

  @BeforeEach
  void makeCorpus() throws IOException {
    summary = Corpora.write(Corpora.withBad(SHARE), folder.resolve("bad"));
  }

  private boolean isGood(String line) {
    byte[] content = line.getBytes(StandardCharsets.ISO_8859_1);
    try {
      Rollout rollout = RolloutParser.parse(content, 0, content.length);
      if (rollout == null) {
        blank++;
        return false;
      }
      converter.convert(rollout);
      return true;
    } catch (RejectedRecordException e) {
      defects.add(e.defect());
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void areTheShareAskedFor() throws Exception {
    long lines = 0;
    long good = 0;
    for (String content : Corpora.read(folder.resolve("bad")).values()) {
      lines += Corpora.lines(content).count();
      good += Corpora.lines(content).filter(this::isGood).count();
    }

    assertEquals(SHARE, (double) (lines - good) / lines, 0.01);
    assertEquals(lines - good, summary.brokenLines());
    assertEquals(good, summary.rollouts());
  }

  @Test
  void areOfManyKinds() throws Exception {
    Corpora.read(folder.resolve("bad"))
        .values()
        .forEach(c -> Corpora.lines(c).forEach(this::isGood));

    assertTrue(blank > 0);
    assertEquals(
        EnumSet.of(
            Defect.INVALID_UTF8,
            Defect.INVALID_JSON,
            Defect.NOT_AN_OBJECT,
            Defect.NO_STEPS,
            Defect.NO_SCORE,
            Defect.SCORE_OUT_OF_RANGE,
            Defect.NO_IMAGE),
        defects);
  }

  @Test
  void leaveTheGoodLinesAsTheyAre() throws Exception {
    Corpora.write(Corpora.small(), folder.resolve("good"));
    Map<String, String> good = Corpora.read(folder.resolve("good"));

    Corpora.read(folder.resolve("bad"))
        .forEach(
            (name, content) ->
                assertEquals(
                    good.get(name),
                    Corpora.lines(content)
                        .filter(this::isGood)
                        .collect(Collectors.joining("\n", "", "\n"))));
  }
}
