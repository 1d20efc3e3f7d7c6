package io.bisift.model.input;

import java.util.List;

/**
 * One record as the network takes it. Arrays are not copied: whoever made them leaves them alone.
 *
 * @param ids token ids, {@code <IMG_CONTEXT>} repeated for every image token of every tile
 * @param prmPositions where {@code <prm>} stands in {@code ids}, ascending
 * @param tiles S·S·3 bytes each: RGB, row by row; the pictures' tiles in order, a thumbnail after
 *     its tiles; none for a record that has only text
 */
// the arrays hold up to thousands of numbers each; copying or boxing them is not worth it
@SuppressWarnings("ArrayRecordComponent")
public record EncodedRecord(int[] ids, int[] prmPositions, List<byte[]> tiles) {
  public EncodedRecord {
    tiles = List.copyOf(tiles);
  }

  /** Tokens. */
  public int length() {
    return ids.length;
  }
}
