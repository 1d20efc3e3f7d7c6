package io.bisift.model.text;

import io.bisift.core.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A SentencePiece model file ({@code sentencepiece_model.proto}): what BPE needs of it.
 *
 * @param pieces by id
 * @param byteFallback whether unknown characters become byte pieces
 * @param dummyPrefix whether a space is put before every text
 * @param charactersMap normalisation of characters, precompiled; empty for none
 */
record SentencePieceModel(
    List<Piece> pieces, boolean byteFallback, boolean dummyPrefix, ByteBuffer charactersMap) {

  /** Kinds of pieces, by their number. */
  enum Kind {
    NONE,
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  /** What text can hold, with its rank: the higher the score, the earlier it is merged. */
  record Piece(String text, float score, Kind kind) {}

  private static final int BPE = 2;

  static SentencePieceModel read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    try {
      return parse(bytes, file);
    } catch (RuntimeException e) {
      if (e instanceof UserException) {
        throw e;
      }
      throw UserException.failure(file + " is no SentencePiece model, or cut short", e);
    }
  }

  private static SentencePieceModel parse(ByteBuffer bytes, Path file) {
    List<Piece> pieces = new ArrayList<>();
    Protobuf model = new Protobuf(bytes);
    int type = 1; // unigram where nothing is said
    boolean byteFallback = false;
    boolean dummyPrefix = true;
    boolean removesSpaces = true;
    boolean escapesSpaces = true;
    ByteBuffer map = ByteBuffer.allocate(0);
    while (model.next()) {
      switch (model.field()) {
        case 1 -> pieces.add(piece(model.message()));
        case 2 -> {
          Protobuf trainer = model.message();
          while (trainer.next()) {
            switch (trainer.field()) {
              case 3 -> type = (int) trainer.number();
              case 35 -> byteFallback = trainer.number() != 0;
              default -> trainer.skip();
            }
          }
        }
        case 3 -> {
          Protobuf normalizer = model.message();
          while (normalizer.next()) {
            switch (normalizer.field()) {
              case 2 -> map = normalizer.bytes();
              case 3 -> dummyPrefix = normalizer.number() != 0;
              case 4 -> removesSpaces = normalizer.number() != 0;
              case 5 -> escapesSpaces = normalizer.number() != 0;
              default -> normalizer.skip();
            }
          }
        }
        default -> model.skip();
      }
    }
    if (pieces.isEmpty()) {
      throw UserException.failure(file + " is no SentencePiece model: it has no pieces");
    }
    if (type != BPE || removesSpaces || !escapesSpaces) {
      throw UserException.failure(
          file + " is not of the kind that InternLM2 has: BPE that keeps all spaces");
    }
    return new SentencePieceModel(List.copyOf(pieces), byteFallback, dummyPrefix, map);
  }

  private static Piece piece(Protobuf message) {
    String text = "";
    float score = 0;
    Kind kind = Kind.NORMAL;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> text = StandardCharsets.UTF_8.decode(message.bytes()).toString();
        case 2 -> score = message.floating();
        case 3 -> kind = Kind.values()[(int) message.number()];
        default -> message.skip();
      }
    }
    return new Piece(text, score, kind);
  }

  /** Reads the fields of one message in the protocol buffer wire format. */
  private static final class Protobuf {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteBuffer in;
    private int tag;

    Protobuf(ByteBuffer in) {
      this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean next() {
      if (!in.hasRemaining()) {
        return false;
      }
      tag = (int) varint();
      return true;
    }

    int field() {
      return tag >>> 3;
    }

    long number() {
      expect(VARINT);
      return varint();
    }

    float floating() {
      expect(FOUR_BYTES);
      return in.getFloat();
    }

    ByteBuffer bytes() {
      expect(LENGTH);
      int length = (int) varint();
      ByteBuffer part = in.slice(in.position(), length);
      in.position(in.position() + length);
      return part;
    }

    Protobuf message() {
      return new Protobuf(bytes());
    }

    void skip() {
      switch (tag & 7) {
        case VARINT -> varint();
        case EIGHT_BYTES -> in.getLong();
        case LENGTH -> bytes();
        case FOUR_BYTES -> in.getInt();
        default -> throw new IllegalStateException("wire type " + (tag & 7));
      }
    }

    private void expect(int wireType) {
      if ((tag & 7) != wireType) {
        throw new IllegalStateException("wire type " + (tag & 7) + ", not " + wireType);
      }
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < Long.SIZE; shift += 7) {
        byte next = in.get();
        value |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new IllegalStateException("a number of too many bytes");
    }
  }
}
