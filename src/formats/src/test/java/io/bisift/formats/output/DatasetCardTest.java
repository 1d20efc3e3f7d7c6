package io.bisift.formats.output;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.training.LabelRule;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import io.bisift.formats.testkit.Parameters;
import io.bisift.formats.testkit.Rollouts;
import io.bisift.formats.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetCardTest {
  @TempDir Path temp;
  private Path input;
  private Path output;

  @BeforeEach
  void writeInput() throws IOException {
    input = temp.resolve("a|b.jsonl");
    output = temp.resolve("out");
    Rollouts.write(input, 40);
  }

  private String card(Parameters parameters) throws IOException {
    TestRun.run(new LocalStorage(), parameters.withForce());
    return Files.readString(output.resolve("README.md"));
  }

  private static void assertHas(String card, String text) {
    assertTrue(card.contains(text), card);
  }

  @Test
  void saysHowASelectionWasMade() throws IOException {
    Golden.Selection selection = new Golden.Selection(0.25, 0.05);
    String card = card(Parameters.select(input, output, selection));
    assertHas(card, "The best 0.25 of each source below by the Balanced-Information Score");
    assertHas(card, "α = 0.05");
    assertHas(card, "1.0 where a step's Monte Carlo score is above 0.0");
    assertHas(card, "Whether the pictures named exist was not checked.");
    assertHas(card, "| a\\|b.jsonl | 40 | 0 | 40 | 10 | 0.225000 | 2 of 2 |");
    assertFalse(card.contains("rejected/"), card);
  }

  @Test
  void saysHowAConversionWasMade() throws IOException {
    Files.writeString(input, "broken\n", StandardOpenOption.APPEND);
    String card = card(Parameters.convert(input, output).withLabels(LabelRule.soft()));
    assertHas(card, "All rollouts of the sources below, converted by " + TestRun.TOOL);
    assertHas(card, "Labels are soft");
    assertHas(card, "| a\\|b.jsonl | 41 | 1 | 40 | 40 | – | – |");
    assertHas(card, "`rejected/` has the 1 records that could not be used");
  }

  @Test
  void saysThatPicturesWereCheckedOnlyWhereTheyWere() throws IOException {
    String card = card(Parameters.convert(input, output).withImageRoot(temp.toString()));
    assertHas(card, "Every picture named was there when the set was made.");
  }

  @Test
  void beginsWithWhatTheHubReads() throws IOException {
    String card = card(Parameters.convert(input, output));
    assertTrue(card.startsWith("---\nconfigs:\n- config_name: default\n"), card);
    assertHas(card, "    path: data/part-*\n---\n");
  }
}
