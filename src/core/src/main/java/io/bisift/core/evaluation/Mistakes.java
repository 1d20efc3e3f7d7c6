package io.bisift.core.evaluation;

import io.bisift.core.metrics.ScoredItem;
import io.bisift.core.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The steps that the scores are most wrong about: wrong steps with the highest scores, right ones
 * with the lowest. Adds up in any order to the same. Not thread-safe.
 */
public final class Mistakes {
  private static final int MOST = 8;
  private static final Comparator<Mistake> BY_PLACE =
      Comparator.comparingLong(Mistake::place).thenComparingInt(Mistake::step);

  private final List<Mistake> wrongSteps = new ArrayList<>();
  private final List<Mistake> rightSteps = new ArrayList<>();

  /**
   * One step.
   *
   * @param place of its item
   * @param step from 0
   */
  public record Mistake(long place, int step, JudgedItem item) {
    public double score() {
      return item.scored().score(step);
    }
  }

  public void add(long place, JudgedItem item) {
    int lowestRight = -1;
    int highestWrong = -1;
    ScoredItem scored = item.scored();
    for (int i = 0; i < scored.steps(); i++) {
      double score = scored.score(i);
      if (scored.label(i) == ScoredItem.RIGHT) {
        lowestRight = lowestRight < 0 || score < scored.score(lowestRight) ? i : lowestRight;
      } else if (scored.label(i) == ScoredItem.WRONG) {
        highestWrong = highestWrong < 0 || score > scored.score(highestWrong) ? i : highestWrong;
      }
    }
    if (lowestRight >= 0) {
      insert(rightSteps, new Mistake(place, lowestRight, item), lowestFirst());
    }
    if (highestWrong >= 0) {
      insert(wrongSteps, new Mistake(place, highestWrong, item), lowestFirst().reversed());
    }
  }

  private static Comparator<Mistake> lowestFirst() {
    return Comparator.comparingDouble(Mistake::score);
  }

  private static void insert(List<Mistake> list, Mistake mistake, Comparator<Mistake> byScore) {
    Comparator<Mistake> order = byScore.thenComparing(BY_PLACE);
    if (list.size() == MOST && order.compare(mistake, list.get(MOST - 1)) >= 0) {
      return;
    }
    list.add(mistake);
    list.sort(order);
    if (list.size() > MOST) {
      list.remove(MOST);
    }
  }

  public void addAll(Mistakes other) {
    other.rightSteps.forEach(mistake -> insert(rightSteps, mistake, lowestFirst()));
    other.wrongSteps.forEach(mistake -> insert(wrongSteps, mistake, lowestFirst().reversed()));
  }

  /** Wrong steps taken for right, the worst first; at most one of an item. */
  public List<Mistake> wrongSteps() {
    return List.copyOf(wrongSteps);
  }

  /** Right steps taken for wrong, the worst first; at most one of an item. */
  public List<Mistake> rightSteps() {
    return List.copyOf(rightSteps);
  }

  public static void write(Mistakes mistakes, DataOutput out) throws IOException {
    Wire.writeList(mistakes.wrongSteps, Mistakes::writeOne, out);
    Wire.writeList(mistakes.rightSteps, Mistakes::writeOne, out);
  }

  private static void writeOne(Mistake mistake, DataOutput out) throws IOException {
    Wire.writeLong(mistake.place, out);
    Wire.writeInt(mistake.step, out);
    JudgedItem item = mistake.item;
    Wire.writeText(item.id(), out);
    Wire.writeText(item.question(), out);
    Wire.writeList(item.steps(), Wire::writeText, out);
    Wire.writeList(item.images(), Wire::writeText, out);
    Wire.writeText(item.scored().source(), out);
    Wire.writeInt(item.scored().steps(), out);
    for (int i = 0; i < item.scored().steps(); i++) {
      out.writeByte(item.scored().label(i));
      out.writeDouble(item.scored().score(i));
    }
  }

  public static Mistakes read(DataInput in) throws IOException {
    Mistakes mistakes = new Mistakes();
    mistakes.wrongSteps.addAll(Wire.readList(Mistakes::readOne, in));
    mistakes.rightSteps.addAll(Wire.readList(Mistakes::readOne, in));
    return mistakes;
  }

  private static Mistake readOne(DataInput in) throws IOException {
    long place = Wire.readLong(in);
    int step = Wire.readInt(in);
    String id = Wire.readText(in);
    String question = Wire.readText(in);
    List<String> steps = Wire.readList(Wire::readText, in);
    List<String> images = Wire.readList(Wire::readText, in);
    String source = Wire.readText(in);
    int count = Wire.readInt(in);
    byte[] labels = new byte[count];
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      labels[i] = in.readByte();
      scores[i] = in.readDouble();
    }
    ScoredItem scored = new ScoredItem(source, labels, scores);
    return new Mistake(place, step, new JudgedItem(id, question, steps, images, scored));
  }
}
