package io.bisift.formats.output;

import io.bisift.core.UserException;
import io.bisift.formats.compress.Compression;
import io.bisift.formats.shard.OutputLayout;
import io.bisift.formats.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes the files that stand beside a set's shards, the manifest last. */
public final class SetFinisher {
  private final Storage storage;
  private final RunParameters parameters;
  private final String id;

  /**
   * @param id of the run
   */
  public SetFinisher(Storage storage, RunParameters parameters, String id) {
    this.storage = storage;
    this.parameters = parameters;
    this.id = id;
  }

  /**
   * Completes the set.
   *
   * @param runner what the pipeline ran on
   * @throws UserException if more records are bad than the run allows; the set then stays without a
   *     manifest
   */
  public void finish(Manifest manifest, String runner) throws IOException {
    OutputFolder folder = new OutputFolder(storage, parameters.output());
    Ownership ownership = folder.ownershipOf(id);
    requireFewRejected(parameters, manifest);
    folder.removeStrays(manifest);
    folder.requireShards(manifest);
    OutputFolder own = new OutputFolder(folder.ownedBy(id), parameters.output());
    try {
      own.write(OutputLayout.CARD, out -> DatasetCard.write(manifest, out));
      if (manifest.parameters().compression() == Compression.NONE) {
        own.write(
            OutputLayout.META,
            out -> Json.write(InternVlMeta.of(manifest, parameters.imageRoot()), out));
      }
      ownership.write(OutputFolder.bytes(ended(folder.runFile().orElseThrow(), runner)));
      ownership.commit(OutputFolder.bytes(out -> Json.write(manifest, out)));
    } catch (IOException e) {
      throw UserException.failure(
          "cannot write into " + parameters.output() + ": " + OutputLayout.reason(e), e);
    }
    try {
      folder.removeTemporary();
    } catch (IOException | UncheckedIOException e) {
      // the set is complete; what an attempt given up still writes there does no harm
    }
  }

  /** Ends a run with too many bad records. */
  public static void requireFewRejected(RunParameters parameters, Manifest manifest) {
    Double limit = parameters.maxRejected();
    Manifest.Counts totals = manifest.totals();
    if (limit != null && totals.rejectedShare() > limit) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "%d of %d records (%.2f %%) are bad, more than --max-rejected %s allows%s",
              totals.rejected(),
              totals.lines() - totals.blank(),
              100 * totals.rejectedShare(),
              limit,
              manifest.rejected().files().isEmpty() // only planned
                  ? ""
                  : "; see " + parameters.output() + "/rejected for the reasons"));
    }
  }

  private static RunFile ended(RunFile run, String runner) {
    Instant now = Instant.now();
    return new RunFile(
        run.format(),
        run.id(),
        run.tool(),
        run.parameters(),
        run.started(),
        now.toString(),
        Duration.between(Instant.parse(run.started()), now).toMillis() / 1000.0,
        runner,
        hostName(),
        System.getProperty("java.version"));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
