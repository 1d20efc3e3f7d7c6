package io.bisift.beam.record;

import io.bisift.beam.BeamTest;
import io.bisift.core.plan.RangeId;
import io.bisift.core.rollout.RejectedRecordException;
import io.bisift.core.rollout.Rollout;
import io.bisift.core.rollout.RolloutParser;
import io.bisift.core.text.JsonBytes;
import io.bisift.core.training.LabelRule;
import io.bisift.formats.source.SourceFile;
import io.bisift.formats.source.SourceFinder;
import io.bisift.formats.source.SourceReader;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler.BadRecordErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The record-level transforms select and convert what the file pipeline does: the goldens' bytes.
 */
final class SameAsFilesTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @TempDir Path folder;

  @Test
  void selectsTheReferencesRecords() throws Exception {
    Golden.Selection selection = Golden.SELECTIONS.get(2);
    List<SourcedRollout> rollouts = rollouts(Golden.unpack("edges", folder));
    Collections.shuffle(rollouts, new Random(3));
    String expected = Golden.sha256(selection.expected("edges"));
    BadRecordErrorHandler<PCollection<BadRecord>> handler =
        beam.pipeline().registerBadRecordErrorHandler(new Ignore());

    PCollection<SourcedRecord> records =
        beam.pipeline()
            .apply(Create.of(rollouts).withCoder(RecordCoders.ROLLOUT))
            .apply(SelectTopFraction.perSource(selection.ratio()).withAlpha(selection.alpha()))
            .apply(
                ConvertRollouts.withLabels(LabelRule.hard(0))
                    .rejectingBadSteps()
                    .withBadRecordErrorHandler(handler));
    handler.close();

    PAssert.that(records)
        .satisfies(
            found -> {
              Assertions.assertEquals(expected, sha256(found));
              return null;
            });
    beam.run();
  }

  /** Keeps the bad records where they are. */
  private static final class Ignore
      extends PTransform<PCollection<BadRecord>, PCollection<BadRecord>> {
    @Override
    public PCollection<BadRecord> expand(PCollection<BadRecord> records) {
      return records;
    }
  }

  /** Of the records in source and line order, as JSON lines. */
  private static String sha256(Iterable<SourcedRecord> records) {
    StringBuilder text = new StringBuilder();
    StreamSupport.stream(records.spliterator(), false)
        .sorted(
            (a, b) -> {
              int bySource = source(a).compareTo(source(b));
              return bySource != 0 ? bySource : Long.compare(line(a), line(b));
            })
        .forEach(
            record -> {
              JsonBytes json = new JsonBytes();
              record.record().appendTo(json);
              text.append(json).append('\n');
            });
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String source(SourcedRecord record) {
    return record.id().substring(0, record.id().lastIndexOf(':'));
  }

  private static long line(SourcedRecord record) {
    return Long.parseLong(record.id().substring(record.id().lastIndexOf(':') + 1));
  }

  private static List<SourcedRollout> rollouts(Path corpus) throws IOException {
    LocalStorage storage = new LocalStorage();
    List<SourcedRollout> rollouts = new ArrayList<>();
    for (SourceFile source : new SourceFinder(storage).find(List.of(corpus.toString()))) {
      RangeId all = new RangeId(0, 0, source.size());
      try (SourceReader reader = SourceReader.open(storage, source, all, bytes -> {})) {
        for (long line = 1; reader.next(); line++) {
          try {
            Rollout rollout =
                RolloutParser.parse(reader.buffer(), reader.lineStart(), reader.lineEnd());
            if (rollout != null) {
              rollouts.add(new SourcedRollout(source.name(), line, rollout));
            }
          } catch (RejectedRecordException e) {
            // not ranked by the file pipeline either
          }
        }
      }
    }
    return rollouts;
  }
}
