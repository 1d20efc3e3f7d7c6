package io.bisift.formats.evaluate;

import io.bisift.core.UserException;
import io.bisift.core.scoring.ScoreRequest;
import io.bisift.core.scoring.ScorerSettings;
import io.bisift.core.scoring.StepScorer;
import io.bisift.core.scoring.StepScorerProvider;
import io.bisift.core.scoring.StepScores;
import io.bisift.formats.storage.LocalStorage;
import io.bisift.formats.storage.Storage;
import io.bisift.formats.storage.Storages;
import io.bisift.formats.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A scorer whose checkpoint may lie anywhere: models are read from folders of this machine, so that
 * one in a bucket is copied first, and its copy goes with the scorer.
 */
public final class CheckpointScorer implements StepScorer {
  private final StepScorer scorer;
  private final String copy;

  private CheckpointScorer(StepScorer scorer, String copy) {
    this.scorer = scorer;
    this.copy = copy;
  }

  /**
   * Opens a scorer.
   *
   * @param storage that the checkpoint may be in
   * @throws UserException if there is no such checkpoint, or nothing that scores
   */
  public static StepScorer open(Storage storage, ScorerSettings settings) {
    StepScorerProvider provider = StepScorerProvider.find();
    String checkpoint = settings.checkpoint();
    if (Storages.scheme(checkpoint).isEmpty()) {
      return provider.open(settings);
    }
    try {
      String copy = Files.createTempDirectory("bisift-checkpoint").toString();
      try {
        copy(storage, checkpoint, Path.of(copy));
        return new CheckpointScorer(provider.open(settings.at(copy)), copy);
      } catch (IOException | RuntimeException e) {
        new LocalStorage().deleteFolder(copy);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + checkpoint, e);
    }
  }

  private static void copy(Storage storage, String checkpoint, Path folder) throws IOException {
    String prefix = checkpoint.endsWith("/") ? checkpoint : checkpoint + "/";
    List<StoredFile> files = storage.listAll(checkpoint);
    if (files.isEmpty()) {
      throw UserException.usage("--checkpoint " + checkpoint + " has no files");
    }
    for (StoredFile file : files) {
      Path to = folder.resolve(file.path().substring(prefix.length()));
      Files.createDirectories(to.getParent());
      try (InputStream in = Channels.newInputStream(storage.open(file.path()))) {
        Files.copy(in, to);
      }
    }
  }

  @Override
  public List<StepScores> score(List<ScoreRequest> requests) {
    return scorer.score(requests);
  }

  @Override
  public void close() {
    scorer.close();
    try {
      new LocalStorage().deleteFolder(copy);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + copy, e);
    }
  }
}
