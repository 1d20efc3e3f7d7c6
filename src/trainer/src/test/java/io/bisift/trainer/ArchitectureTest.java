package io.bisift.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: trainer → model → formats → core, and no Beam in any of them. */
@AnalyzeClasses(packages = "io.bisift", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] NEVER = {
    "io.bisift.beam..", "io.bisift.pipelines..", "io.bisift.runners..", "org.apache.beam.."
  };

  @ArchTest
  static final ArchRule NO_BEAM =
      noClasses()
          .that()
          .resideInAPackage("io.bisift..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NEVER);

  @ArchTest
  static final ArchRule MODEL_KNOWS_NO_TRAINER =
      noClasses()
          .that()
          .resideInAPackage("io.bisift.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.bisift.trainer..");
}
