package io.bisift.pipelines.commandline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import io.bisift.core.training.LabelRule;
import io.bisift.pipelines.options.ShardCompression;
import io.bisift.pipelines.options.WorkOptions;
import io.bisift.pipelines.select.SelectCommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentParserTest {
  private static SelectCommand.Options parse(String... args) {
    return ArgumentParser.parse(SelectCommand.Options.class, args);
  }

  @ParameterizedTest
  @CsvSource({
    "--top-ratio 0.1",
    "--top-ratio=0.1",
    "--topRatio=0.1",
    "--topRatio 0.1",
    "--top-ratio 0.9 --top-ratio 0.1",
    "--top-ratio 1e-1",
  })
  void takesAnOptionInEachForm(String args) {
    assertEquals(0.1, parse(args.split(" ", -1)).getTopRatio());
  }

  @ParameterizedTest
  @CsvSource({
    "--force, true",
    "--force=true, true",
    "--force=FALSE, false",
    "--force --force=false, false",
    "--quiet, false",
  })
  void takesFlagsBareAndWithAValue(String args, boolean force) {
    assertEquals(force, parse(args.split(" ", -1)).getForce());
  }

  @Test
  void takesSeveralAnnotationsAndNeverSplitsThem() {
    SelectCommand.Options options =
        parse(
            "--annotations",
            "a,b.jsonl",
            "c d",
            "-e",
            "--alpha",
            "-1",
            "--annotations=--f",
            "--annotations",
            "*[g]");
    assertEquals(List.of("a,b.jsonl", "c d", "-e", "--f", "*[g]"), options.getAnnotations());
    assertEquals(-1, options.getAlpha());
  }

  @Test
  void keepsEqualsSignsInValues() {
    assertEquals("a=b", parse("--output=a=b").getOutput());
    assertEquals("", parse("--output=").getOutput());
  }

  @Test
  void takesSeveralValuesInOne() {
    assertEquals(
        List.of("gs://a/x,y", "b c", "d"),
        parse("--annotations=[\"gs://a/x,y\",\"b c\"]", "--annotations=d").getAnnotations());
    assertEquals(List.of("[ab].jsonl"), parse("--annotations=[ab].jsonl").getAnnotations());
  }

  @Test
  void takesOptionsThatAreCalledOtherwiseInJavaByBothNames() {
    assertEquals(LabelRule.Kind.SOFT, parse("--labels=soft").getStepLabels());
    assertEquals(LabelRule.Kind.SOFT, parse("--stepLabels=soft").getStepLabels());
  }

  @Test
  void takesChoicesInAnyCase() {
    SelectCommand.Options options = parse("--labels", "Soft", "--compression=ZST");
    assertEquals(LabelRule.Kind.SOFT, options.getStepLabels());
    assertEquals(ShardCompression.ZST, options.getCompression());
  }

  @Test
  void hasDefaults() {
    SelectCommand.Options options = parse();
    assertEquals(0.25, options.getTopRatio());
    assertEquals(0.05, options.getAlpha());
    assertEquals(LabelRule.Kind.HARD, options.getStepLabels());
    assertEquals("256MB", options.getShardSize());
    assertEquals(WorkOptions.NOT_GIVEN, options.getParallelism());
  }

  @Test
  void passesBeamsOptionsOn() {
    assertEquals("/tmp/x", parse("--tempLocation=/tmp/x").getTempLocation());
    assertEquals("/tmp/x", parse("--temp-location", "/tmp/x").getTempLocation());
    assertEquals("night", parse("--job-name=night").getJobName());
    assertEquals("DirectRunner", parse("--runner=directrunner").getRunner().getSimpleName());
  }

  @Test
  void launchersFillInWhatIsNotGiven() {
    GivenOptions given = ArgumentParser.parse(new SelectCommand(), List.of("--job-name=mine"));
    SelectCommand.Options options =
        given.as(
            SelectCommand.Options.class,
            same -> Map.of("jobName", "theirs", "tempLocation", "/tmp/y"));
    assertEquals("mine", options.getJobName());
    assertEquals("/tmp/y", options.getTempLocation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top-rato 1      | did you mean --top-ratio?",
        "--anotations x    | did you mean --annotations?",
        "--imageroot x     | did you mean --image-root?",
        "--temp-locatoin x | did you mean --temp-location?",
        "--xyz             | --help lists all",
        "--alpha 1d        | must be a number",
        "--alpha=          | must be a number",
        "-x                | unexpected argument '-x'",
        "--                | unexpected argument '--'",
        "--annotations=[\"a\",1,\"\\\"] | must be a value or a list",
        "--lables soft     | did you mean --labels?",
        "--force true      | unexpected argument 'true'",
      })
  void saysWhatIsWrong(String args, String message) {
    UserException e = assertThrows(UserException.class, () -> parse(args.strip().split(" ", -1)));
    assertEquals(UserException.Kind.USAGE, e.kind());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
