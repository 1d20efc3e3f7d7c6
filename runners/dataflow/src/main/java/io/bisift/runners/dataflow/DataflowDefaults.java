package io.bisift.runners.dataflow;

import com.google.auth.Credentials;
import io.bisift.core.UserException;
import io.bisift.pipelines.commandline.GivenOptions;
import io.bisift.pipelines.commandline.OptionNames;
import io.bisift.pipelines.commandline.RunnerDefaults;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.beam.runners.dataflow.options.DefaultGcpRegionFactory;
import org.apache.beam.sdk.extensions.gcp.options.GcpOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the Dataflow runner for the command line. What the service would refuse after minutes
 * of uploading, or a worker would not find, is told first.
 */
final class DataflowDefaults implements RunnerDefaults {
  private static final String BUCKET = "gs://";

  /** Where Beam may put its own files. */
  private static final List<String> TEMPORARY =
      List.of("tempLocation", "gcpTempLocation", "stagingLocation");

  /** May lie in the image of the workers, too: the whole path of a folder there. */
  static final String CHECKPOINT = "checkpoint";

  /** Options that name what else the workers read and write. */
  static final List<String> PATHS =
      List.of("annotations", "imageRoot", "scores", "calibration", "candidates", "output");

  /** Held, or Java would forget the level. */
  private static final Logger CREDENTIALS =
      Logger.getLogger("org.apache.beam.sdk.extensions.gcp.auth");

  @Override
  public Map<String, String> of(GivenOptions given) {
    if (!RunnerDefaults.isNamed(given.value("runner").orElse(""), "Dataflow")) {
      return Map.of();
    }
    PATHS.forEach(option -> requireBucket(option, given.values(option)));
    given
        .value(CHECKPOINT)
        .filter(path -> !path.startsWith("/"))
        .ifPresent(path -> requireBucket(CHECKPOINT, List.of(path)));
    GcpOptions options = googleOptions(given);
    CREDENTIALS.setLevel(Level.SEVERE); // what it warns of is told below, in one line
    requireAccess(options.getGcpCredential());
    String project =
        required("project", "the Google Cloud project that the job runs in", options.getProject());
    String region =
        required(
            "region",
            "where the job runs, for example us-central1",
            given.value("region").orElseGet(() -> new DefaultGcpRegionFactory().create(options)));
    if (TEMPORARY.stream().allMatch(option -> given.value(option).orElse("").isEmpty())) {
      throw missing("temp-location", "a folder in a bucket for the job's own files");
    }
    TEMPORARY.forEach(option -> requireBucket(option, given.values(option)));
    return Map.of("project", project, "region", region, "appName", "bisift");
  }

  private static void requireAccess(@Nullable Credentials credentials) {
    if (credentials == null) {
      throw UserException.failure(
          "no credentials of Google Cloud; gcloud auth application-default login makes some, or"
              + " GOOGLE_APPLICATION_CREDENTIALS names a file of them");
    }
    try {
      credentials.getRequestMetadata(); // asks for a token, which all that follows needs
    } catch (IOException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof UnknownHostException) {
        throw UserException.failure("the network does not know the host " + cause.getMessage());
      }
      String answer = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
      throw UserException.failure(
          "the credentials of Google Cloud give no access, perhaps because they are old (gcloud auth"
              + " application-default login makes new ones): "
              + answer);
    }
  }

  /** What decides who asks for the job; nothing else, which may not fit. */
  private static GcpOptions googleOptions(GivenOptions given) {
    String[] args =
        Stream.of("project", "credentialFactoryClass", "impersonateServiceAccount")
            .flatMap(name -> given.value(name).map(value -> "--" + name + "=" + value).stream())
            .toArray(String[]::new);
    try {
      return PipelineOptionsFactory.fromArgs(args).as(GcpOptions.class);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("bad option");
      throw UserException.usage("Beam does not take " + String.join(" ", args) + ": " + reason);
    }
  }

  private static String required(String option, String meaning, @Nullable String value) {
    return Optional.ofNullable(value)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> missing(option, meaning));
  }

  private static UserException missing(String option, String meaning) {
    return UserException.usage("Dataflow needs --" + option + ": " + meaning);
  }

  private static void requireBucket(String option, List<String> paths) {
    for (String path : paths) {
      if (!path.isEmpty() && !path.startsWith(BUCKET)) {
        throw UserException.usage(
            "Dataflow's workers do not see "
                + path
                + "; --"
                + OptionNames.kebab(option)
                + " must be in a bucket, such as gs://my-bucket/"
                + path.substring(path.lastIndexOf('/') + 1));
      }
    }
  }
}
