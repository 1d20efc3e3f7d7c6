package io.bisift.runners.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code flex} would have gcloud do. */
@DisabledOnOs(OS.WINDOWS)
class LaunchTest {
  private record Answer(int code, String text) {}

  private static Answer flex(String... args) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Stream.concat(Stream.of("bash", "flex"), Stream.of(args)).toList())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  private static List<String> words(String line) {
    return List.of(line.trim().split(" ", -1));
  }

  private static String command(String... args) throws IOException, InterruptedException {
    Answer answer = flex(args);
    assertEquals(0, answer.code(), answer.text());
    return answer.text().replace("\\", "");
  }

  @Test
  void givesWorkersOfAnEvaluationAGpuAndNoAddress() throws IOException, InterruptedException {
    String line =
        command(
            "launch",
            "evaluate",
            "--dry-run",
            "--template",
            "gs://b/evaluate.json",
            "--region",
            "us-central1",
            "--subnetwork",
            "regions/us-central1/subnetworks/bisift",
            "--machine-type",
            "g2-standard-8",
            "--gpu",
            "nvidia-l4",
            "--worker-image",
            "r/worker:1",
            "--",
            "--checkpoint=gs://b/m",
            "--image-root=gs://b/i",
            "--output=gs://b/e");
    List<String> words = words(line);
    assertTrue(
        words.containsAll(
            List.of(
                "--disable-public-ips",
                "--subnetwork=regions/us-central1/subnetworks/bisift",
                "--worker-machine-type=g2-standard-8",
                "--additional-experiments=use_runner_v2,worker_accelerator=type:nvidia-l4;count:1;install-nvidia-driver",
                "--additional-pipeline-options=sdkContainerImage=r/worker:1",
                "--parameters=^~^checkpoint=gs://b/m~imageRoot=gs://b/i~output=gs://b/e")),
        line);
  }

  /** In the template's own environment, and so for whoever starts a job of it. */
  @Test
  void hasStreamsRunByTheServicesEngine() throws IOException, InterruptedException {
    String[] args = {
      "build",
      "stream",
      "--dry-run",
      "--image",
      "r/i",
      "--template",
      "gs://b/t.json",
      "--project",
      "p"
    };
    String line = command(args);
    List<String> words = words(line);
    assertTrue(
        words.containsAll(
            List.of(
                "--enable-streaming-engine",
                "--additional-experiments=streaming_mode_at_least_once")),
        line);
    args[1] = "select";
    assertTrue(!command(args).contains("streaming"));
  }

  @Test
  void passesOptionsByTheirNamesInTheMetadata() throws IOException, InterruptedException {
    String line =
        command(
            "launch",
            "select",
            "--dry-run",
            "--template",
            "gs://b/t.json",
            "--region",
            "r",
            "--",
            "--top-ratio=0.1",
            "--labels=soft",
            "--force",
            "--output=gs://c/set",
            "--annotations=[\"gs://a/x.jsonl\",\"gs://b/y.jsonl\"]");
    assertTrue(
        line.contains(
            "^~^topRatio=0.1~stepLabels=soft~force=true~output=gs://c/set~annotations=[\"gs://a/x.jsonl\",\"gs://b/y.jsonl\"]"),
        line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "launch selekt --dry-run | flex: no template is called 'selekt'",
        "launch select --dry-run --template gs://b/t | flex: launch needs --region",
        "launch select --dry-run --template t.json --region r | flex: launch needs --template gs://",
        "launch select --template gs://b/t --region r --dry-run -- --top-ration=1 | flex: select has no option --top-ration",
        "launch select --template gs://b/t --region r --dry-run -- soft | flex: 'soft' is no option",
        "launch select --template gs://b/t --region r --dry-run -- --output | flex: --output needs a value: --output=VALUE",
        "launch select --template gs://b/t --region r --dry-run -- --output= --annotations=gs://b/a | flex: select needs --output=",
        "launch rerank --template gs://b/t --region r --dry-run -- --output=gs://b/o | flex: rerank needs --candidates=",
        "launch evaluate --template gs://b/t --region r --gpu l4 | flex: --gpu needs --worker-image",
        "launch select --template | flex: --template needs a value",
        "build select --template gs://b/t --project p | flex: build needs --image",
        "build select --image i --template gs://b/t | flex: build needs --project",
      })
  void saysWhatIsWrong(String args, String message) throws IOException, InterruptedException {
    Answer answer = flex(args.split(" ", -1));
    assertEquals(2, answer.code());
    assertTrue(answer.text().startsWith(message), answer.text());
    assertEquals(1, answer.text().lines().count(), answer.text());
  }
}
