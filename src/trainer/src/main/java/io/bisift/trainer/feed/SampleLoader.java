package io.bisift.trainer.feed;

import io.bisift.core.UserException;
import io.bisift.formats.storage.Storage;
import io.bisift.model.input.EncodedRecord;
import io.bisift.trainer.data.BadRecordException;
import io.bisift.trainer.data.Example;
import io.bisift.trainer.data.LabelSource;
import io.bisift.trainer.data.TrainingSet;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads records with their pictures and encodes them. Safe from several threads.
 *
 * @param set where records are read
 * @param storage where pictures are read
 * @param imageRoot folder that pictures are named from
 * @param labels where labels come from
 * @param threshold above which K/N is a hard 1
 */
public record SampleLoader(
    TrainingSet set,
    Storage storage,
    String imageRoot,
    LabelSource labels,
    double threshold,
    RecordEncoder encoder) {

  /** A record, or why there is none. */
  public sealed interface Loaded {
    /** It can be trained on. */
    record Usable(Sample sample) implements Loaded {}

    /** It cannot. */
    record Rejected(String id, String reason) implements Loaded {}
  }

  /**
   * Loads a record.
   *
   * @throws UserException if the set itself is at fault
   */
  public Loaded load(int record) {
    try {
      Example example = set.read(record, labels, threshold);
      List<byte[]> pictures = new ArrayList<>();
      for (String image : example.images()) {
        pictures.add(picture(image));
      }
      EncodedRecord encoded = encoder.encode(example.text(), example.targets().size(), pictures);
      int left = encoded.prmPositions().length;
      if (left == 0 || left > example.targets().size()) {
        throw new BadRecordException(
            left == 0 ? "no <prm> is left of it: it is too long" : left + " <prm> for fewer steps");
      }
      return new Loaded.Usable(
          new Sample(example.id(), encoded, example.targets().subList(0, left)));
    } catch (BadRecordException e) {
      return new Loaded.Rejected(set.id(record), e.reason());
    }
  }

  private byte[] picture(String name) throws BadRecordException {
    String path = Storage.resolve(imageRoot, name);
    try (InputStream in = Channels.newInputStream(storage.open(path))) {
      return in.readAllBytes();
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new BadRecordException("there is no image " + path, e);
    } catch (IOException e) {
      throw new BadRecordException("image " + path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
