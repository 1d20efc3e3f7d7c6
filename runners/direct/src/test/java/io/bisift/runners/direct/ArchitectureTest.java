package io.bisift.runners.direct;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * Dependencies point one way: runners → pipelines → beam → formats → core. (The trainer tests its
 * side, trainer → model → formats → core.)
 */
@AnalyzeClasses(packages = "io.bisift", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.bisift.core..";
  private static final String FORMATS = "io.bisift.formats..";
  private static final String BEAM = "io.bisift.beam..";
  private static final String PIPELINES = "io.bisift.pipelines..";
  private static final String RUNNERS = "io.bisift.runners..";
  private static final String MODEL = "io.bisift.model..";
  private static final String TRAINER = "io.bisift.trainer..";

  private static final String BEAM_ITSELF = "org.apache.beam..";
  private static final String BEAM_RUNNERS = "org.apache.beam.runners..";
  private static final String DJL = "ai.djl..";

  @ArchTest
  static final ArchRule CORE_NEEDS_NOTHING =
      forbid(CORE, FORMATS, BEAM, PIPELINES, RUNNERS, MODEL, TRAINER, BEAM_ITSELF, DJL);

  @ArchTest
  static final ArchRule FORMATS_NEED_CORE_ONLY =
      forbid(FORMATS, BEAM, PIPELINES, RUNNERS, MODEL, TRAINER, BEAM_ITSELF, DJL);

  @ArchTest
  static final ArchRule BEAM_NAMES_NO_RUNNER =
      forbid(BEAM, PIPELINES, RUNNERS, MODEL, TRAINER, BEAM_RUNNERS, DJL);

  @ArchTest
  static final ArchRule PIPELINES_NAME_NO_RUNNER =
      forbid(PIPELINES, RUNNERS, MODEL, TRAINER, BEAM_RUNNERS, DJL);

  @ArchTest
  static final ArchRule THREE_PACKAGES_KNOW_GOOGLE_CLOUD =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.bisift.formats.storage.gcs", "io.bisift.beam.gcs", "io.bisift.beam.pubsub")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.cloud..",
              "com.google.auth..",
              "com.google.api.services..",
              "org.apache.beam.sdk.extensions.gcp..");

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      SlicesRuleDefinition.slices().matching("io.bisift.pipelines.(*)..").should().beFreeOfCycles();

  private static ArchRule forbid(String from, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
